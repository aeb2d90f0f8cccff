// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.19;

import {IOracle} from '@morpho-org/morpho-blue/src/interfaces/IOracle.sol';
import {IMorphoRepayCallback} from '@morpho-org/morpho-blue/src/interfaces/IMorphoCallbacks.sol';
import {Id, IMorpho, Market, MarketParams, Position} from '@morpho-org/morpho-blue/src/interfaces/IMorpho.sol';

interface IPayable {
    function approve(address spender, uint256 amount) external returns (bool);

    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

interface IPreLiquidationCallback {
    function onPreLiquidate(uint256 repaidAssets, bytes calldata data) external;
}

/// A stand-in for Morpho's pre-liquidation contract, which no package ships: the same calls, events and errors, with the public
/// rules in our own words. That it agrees with our arithmetic proves nothing about the deployed contract.
contract PreLiquidationFixture is IMorphoRepayCallback {
    struct PreLiquidationParams {
        uint256 preLltv;
        uint256 preLCF1;
        uint256 preLCF2;
        uint256 preLIF1;
        uint256 preLIF2;
        address preLiquidationOracle;
    }

    error InconsistentInput();
    error LiquidatablePosition();
    error NotMorpho();
    error NotPreLiquidatablePosition();
    error PreLiquidationTooLarge(uint256 repaidShares, uint256 repayableShares);

    event PreLiquidate(
        Id indexed id,
        address indexed liquidator,
        address indexed borrower,
        uint256 repaidAssets,
        uint256 repaidShares,
        uint256 seizedAssets
    );

    uint256 private constant WAD = 1e18;
    uint256 private constant PRICE_SCALE = 1e36;

    IMorpho public immutable MORPHO;
    Id public immutable ID;
    PreLiquidationParams private terms;
    MarketParams private target;

    constructor(address morpho, Id id, PreLiquidationParams memory agreed) {
        MORPHO = IMorpho(morpho);
        ID = id;
        terms = agreed;
        target = MORPHO.idToMarketParams(id);
        IPayable(target.loanToken).approve(morpho, type(uint256).max);
    }

    function marketParams() external view returns (MarketParams memory) {
        return target;
    }

    function preLiquidationParams() external view returns (PreLiquidationParams memory) {
        return terms;
    }

    function preLiquidate(address borrower, uint256 seizedAssets, uint256 repaidShares, bytes calldata data)
        external
        returns (uint256, uint256)
    {
        if ((seizedAssets == 0) == (repaidShares == 0)) revert InconsistentInput();
        MORPHO.accrueInterest(target);
        (seizedAssets, repaidShares) = exchanged(borrower, seizedAssets, repaidShares);
        (uint256 repaidAssets,) =
            MORPHO.repay(target, 0, repaidShares, borrower, abi.encode(seizedAssets, borrower, msg.sender, data));
        emit PreLiquidate(ID, msg.sender, borrower, repaidAssets, repaidShares, seizedAssets);
        return (seizedAssets, repaidAssets);
    }

    function onMorphoRepay(uint256 repaidAssets, bytes calldata context) external {
        if (msg.sender != address(MORPHO)) revert NotMorpho();
        (uint256 seizedAssets, address borrower, address liquidator, bytes memory data) =
            abi.decode(context, (uint256, address, address, bytes));
        MORPHO.withdrawCollateral(target, seizedAssets, borrower, liquidator);
        if (data.length > 0) IPreLiquidationCallback(liquidator).onPreLiquidate(repaidAssets, data);
        IPayable(target.loanToken).transferFrom(liquidator, address(this), repaidAssets);
    }

    /// What is seized for what, of which the caller named one.
    function exchanged(address borrower, uint256 seizedAssets, uint256 repaidShares)
        private
        view
        returns (uint256, uint256)
    {
        Market memory market = MORPHO.market(ID);
        Position memory position = MORPHO.position(ID, borrower);
        uint256 price = IOracle(terms.preLiquidationOracle).price();
        uint256 along = howFar(market, position, price);
        uint256 incentive = between(along, terms.preLIF1, terms.preLIF2);
        uint256 most = uint256(position.borrowShares) * between(along, terms.preLCF1, terms.preLCF2) / WAD;
        if (seizedAssets > 0) {
            uint256 paid = up(up(seizedAssets * price, PRICE_SCALE) * WAD, incentive);
            repaidShares = up(paid * (uint256(market.totalBorrowShares) + 1e6), uint256(market.totalBorrowAssets) + 1);
        } else {
            uint256 paid =
                repaidShares * (uint256(market.totalBorrowAssets) + 1) / (uint256(market.totalBorrowShares) + 1e6);
            seizedAssets = paid * incentive / WAD * PRICE_SCALE / price;
        }
        if (repaidShares > most) revert PreLiquidationTooLarge(repaidShares, most);
        return (seizedAssets, repaidShares);
    }

    /// Where the position stands between the two thresholds: 0 at the first, 1e18 at the market's own.
    function howFar(Market memory market, Position memory position, uint256 price) private view returns (uint256) {
        uint256 owed = up(
            uint256(position.borrowShares) * (uint256(market.totalBorrowAssets) + 1),
            uint256(market.totalBorrowShares) + 1e6
        );
        uint256 quoted = uint256(position.collateral) * price / PRICE_SCALE;
        if (owed > quoted * target.lltv / WAD) revert LiquidatablePosition();
        if (owed <= quoted * terms.preLltv / WAD) revert NotPreLiquidatablePosition();
        return (up(owed * WAD, quoted) - terms.preLltv) * WAD / (target.lltv - terms.preLltv);
    }

    function between(uint256 along, uint256 first, uint256 second) private pure returns (uint256) {
        return along * (second - first) / WAD + first;
    }

    function up(uint256 numerator, uint256 denominator) private pure returns (uint256) {
        return (numerator + denominator - 1) / denominator;
    }
}
