// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.19;

import {IOracle} from '@morpho-org/morpho-blue/src/interfaces/IOracle.sol';

interface IFeed {
    function decimals() external view returns (uint8);

    function latestRoundData() external view returns (uint80, int256 answer, uint256, uint256, uint80);
}

/// An oracle of a Morpho market over two price feeds, with the getters of the oracles in use: one feed for each token, both in
/// the same currency.
contract FeedOracle is IOracle {
    IFeed public immutable BASE_FEED_1;
    IFeed public immutable QUOTE_FEED_1;
    address public constant BASE_FEED_2 = address(0);
    address public constant QUOTE_FEED_2 = address(0);

    uint256 private immutable SCALE;

    constructor(IFeed collateralFeed, uint256 collateralDecimals, IFeed loanFeed, uint256 loanDecimals) {
        BASE_FEED_1 = collateralFeed;
        QUOTE_FEED_1 = loanFeed;
        SCALE = 10 ** (36 + loanDecimals + loanFeed.decimals() - collateralDecimals - collateralFeed.decimals());
    }

    function price() external view returns (uint256) {
        return SCALE * answer(BASE_FEED_1) / answer(QUOTE_FEED_1);
    }

    function answer(IFeed feed) private view returns (uint256) {
        (, int256 latest,,,) = feed.latestRoundData();
        require(latest >= 0, 'negative answer');
        return uint256(latest);
    }
}
