// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

import {
    IComet,
    ICompoundMarket,
    ICurveCryptoPool,
    ICurvePool,
    IToken,
    IUniswapV2Pair,
    IVault,
    IVenue,
    IWrapped
} from "./Interfaces.sol";
import {Lenders} from "./Lenders.sol";
import {Kind, Step} from "./Steps.sol";

/// @notice Turns one token into another: pools, redemptions, Compound III's sale of what it absorbed, and any `IVenue`.
abstract contract Venues is Lenders {
    error ProceedsTooSmall(address bought, uint256 found, uint256 required);
    error NothingSold(address venue);

    /// @param venue the pool, Compound III's market or an `IVenue`; a redemption is asked of the sold token itself
    /// @param amount 2^256-1 sells all that the execution has brought in; nothing to sell is no error
    /// @param extra what the kind needs besides: the pair's fee in bps for Uniswap v2; (i, j, isCrypto) for Curve; free for `IVenue`
    struct Sale {
        address venue;
        address sold;
        address bought;
        uint256 amount;
        uint256 minBought;
        bytes extra;
    }

    uint256 private constant BPS = 10_000;

    function _sell(Step memory step) internal {
        Sale memory sale = abi.decode(step.data, (Sale));
        _touch(sale.sold);
        _touch(sale.bought);
        uint256 amount = sale.amount == type(uint256).max ? _surplus(sale.sold) : sale.amount;
        if (amount == 0) return;
        uint256 before = _held(sale.bought);
        _sellAt(step.kind, sale, amount);
        uint256 bought = _held(sale.bought) - before;
        if (bought < sale.minBought) revert ProceedsTooSmall(sale.bought, bought, sale.minBought);
    }

    function _sellAt(Kind kind, Sale memory sale, uint256 amount) private {
        if (kind == Kind.UniswapV3Sale) {
            _uniswapV3Swap(sale.venue, sale.sold, sale.bought, int256(amount), new Step[](0));
        } else if (kind == Kind.UniswapV2Sale) {
            _sellUniswapV2(sale, amount);
        } else if (kind == Kind.CurveSale) {
            _sellCurve(sale, amount);
        } else if (kind == Kind.VaultRedemption) {
            IVault(sale.sold).redeem(amount, address(this), address(this));
        } else if (kind == Kind.CompoundRedemption) {
            if (ICompoundMarket(sale.sold).redeem(amount) != 0) revert NothingSold(sale.sold);
        } else if (kind == Kind.CometPurchase) {
            _allow(sale.sold, sale.venue, amount);
            IComet(sale.venue).buyCollateral(sale.bought, sale.minBought, amount, address(this));
            _disallow(sale.sold, sale.venue);
        } else {
            _pay(sale.sold, sale.venue, amount);
            IVenue(sale.venue).sell(sale.sold, sale.bought, amount, sale.extra);
        }
    }

    /// @dev out = in (1 - fee) reserveOut / (reserveIn + in (1 - fee)), rounded down as the pair does.
    function _sellUniswapV2(Sale memory sale, uint256 amount) private {
        bool zeroForOne = sale.sold < sale.bought;
        (uint256 reserveIn, uint256 reserveOut,) = IUniswapV2Pair(sale.venue).getReserves();
        if (!zeroForOne) (reserveIn, reserveOut) = (reserveOut, reserveIn);
        _pay(sale.sold, sale.venue, amount);
        uint256 net = (IToken(sale.sold).balanceOf(sale.venue) - reserveIn) * (BPS - abi.decode(sale.extra, (uint256)));
        uint256 out = (net * reserveOut) / (reserveIn * BPS + net);
        IUniswapV2Pair(sale.venue).swap(zeroForOne ? 0 : out, zeroForOne ? out : 0, address(this), "");
    }

    function _sellCurve(Sale memory sale, uint256 amount) private {
        (uint8 i, uint8 j, bool isCrypto) = abi.decode(sale.extra, (uint8, uint8, bool));
        _allow(sale.sold, sale.venue, amount);
        if (isCrypto) {
            ICurveCryptoPool(sale.venue).exchange(i, j, amount, sale.minBought);
        } else {
            ICurvePool(sale.venue).exchange(int128(uint128(i)), int128(uint128(j)), amount, sale.minBought);
        }
        _disallow(sale.sold, sale.venue);
    }

    /// @notice Wraps the chain's coin that the execution has brought in, as redeeming a market of the coin does.
    function _wrap(Step memory step) internal {
        address wrapped = abi.decode(step.data, (address));
        _touch(wrapped);
        IWrapped(wrapped).deposit{value: _coinSurplus()}();
    }
}
