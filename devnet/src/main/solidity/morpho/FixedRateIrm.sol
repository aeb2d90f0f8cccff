// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.19;

import {IIrm} from '@morpho-org/morpho-blue/src/interfaces/IIrm.sol';
import {Id, Market, MarketParams} from '@morpho-org/morpho-blue/src/interfaces/IMorpho.sol';

/// An interest rate model of the local chain: each market has the rate that somebody gave it, whatever its use.
contract FixedRateIrm is IIrm {
    /// Interest per second, 18 decimals. The first word of storage, so that tests may write it.
    mapping(bytes32 => uint256) public rates;

    function setRate(bytes32 market, uint256 perSecond) external {
        rates[market] = perSecond;
    }

    function borrowRate(MarketParams memory params, Market memory) external view returns (uint256) {
        return rates[keccak256(abi.encode(params))];
    }

    function borrowRateView(MarketParams memory params, Market memory) external view returns (uint256) {
        return rates[keccak256(abi.encode(params))];
    }
}
