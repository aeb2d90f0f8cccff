// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

import {IAavePool, IMorpho, IUniswapV3Pool} from "./Interfaces.sol";
import {Step, Steps} from "./Steps.sol";

/// @notice Borrows for the length of a few steps: Aave v3, Morpho, a Uniswap v3 pool, or a swap that is paid after it was received.
abstract contract Lenders is Steps {
    /// @param lender Aave's Pool, Morpho, or a Uniswap v3 pool of the token
    struct Flash {
        address lender;
        address token;
        uint256 amount;
        Step[] steps;
    }

    /// @notice Receives `bought` from a Uniswap v3 pool, runs the steps, and pays with what they brought of `sold`.
    struct FlashSwap {
        address pool;
        address sold;
        address bought;
        uint256 amountBought;
        Step[] steps;
    }

    uint160 private constant LEAST_ROOT = 4295128740;
    uint160 private constant GREATEST_ROOT = 1461446703485210103287273052203988822378723970341;

    function _aaveFlash(Flash memory loan) internal {
        bytes memory data = abi.encode(loan.token, loan.steps);
        _touch(loan.token);
        _await(loan.lender, data);
        IAavePool(loan.lender).flashLoanSimple(address(this), loan.token, loan.amount, data, 0);
        _answered(loan.lender);
        _disallow(loan.token, loan.lender);
    }

    /// @notice Aave's callback.
    function executeOperation(address asset, uint256 amount, uint256 premium, address initiator, bytes calldata data)
        external
        returns (bool)
    {
        _answer(data);
        (address token, Step[] memory steps) = abi.decode(data, (address, Step[]));
        if (initiator != address(this) || asset != token) revert UnexpectedCallback(msg.sender);
        _run(steps);
        _allow(token, msg.sender, amount + premium);
        return true;
    }

    function _morphoFlash(Flash memory loan) internal {
        bytes memory data = abi.encode(loan.token, loan.steps);
        _touch(loan.token);
        _await(loan.lender, data);
        IMorpho(loan.lender).flashLoan(loan.token, loan.amount, data);
        _answered(loan.lender);
        _disallow(loan.token, loan.lender);
    }

    function onMorphoFlashLoan(uint256 assets, bytes calldata data) external {
        _answer(data);
        (address token, Step[] memory steps) = abi.decode(data, (address, Step[]));
        _run(steps);
        _allow(token, msg.sender, assets);
    }

    function _uniswapV3Flash(Flash memory loan) internal {
        bytes memory data = abi.encode(loan.token, loan.amount, loan.steps);
        _touch(loan.token);
        bool isFirst = IUniswapV3Pool(loan.lender).token0() == loan.token;
        _await(loan.lender, data);
        IUniswapV3Pool(loan.lender).flash(address(this), isFirst ? loan.amount : 0, isFirst ? 0 : loan.amount, data);
        _answered(loan.lender);
    }

    function uniswapV3FlashCallback(uint256 fee0, uint256 fee1, bytes calldata data) external {
        _repayUniswapV3Flash(fee0 + fee1, data);
    }

    function pancakeV3FlashCallback(uint256 fee0, uint256 fee1, bytes calldata data) external {
        _repayUniswapV3Flash(fee0 + fee1, data);
    }

    function _repayUniswapV3Flash(uint256 fee, bytes calldata data) private {
        _answer(data);
        (address token, uint256 amount, Step[] memory steps) = abi.decode(data, (address, uint256, Step[]));
        _run(steps);
        _pay(token, msg.sender, amount + fee);
    }

    function _uniswapV3FlashSwap(FlashSwap memory swap) internal {
        _touch(swap.sold);
        _touch(swap.bought);
        _uniswapV3Swap(swap.pool, swap.sold, swap.bought, -int256(swap.amountBought), swap.steps);
    }

    /// @param amount what is paid, or less than 0: what is received
    function _uniswapV3Swap(address pool, address sold, address bought, int256 amount, Step[] memory steps) internal {
        bytes memory data = abi.encode(sold, steps);
        bool zeroForOne = sold < bought;
        _await(pool, data);
        IUniswapV3Pool(pool).swap(address(this), zeroForOne, amount, zeroForOne ? LEAST_ROOT : GREATEST_ROOT, data);
        _answered(pool);
    }

    function uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes calldata data) external {
        _payUniswapV3(amount0, amount1, data);
    }

    function pancakeV3SwapCallback(int256 amount0, int256 amount1, bytes calldata data) external {
        _payUniswapV3(amount0, amount1, data);
    }

    function _payUniswapV3(int256 amount0, int256 amount1, bytes calldata data) private {
        _answer(data);
        (address sold, Step[] memory steps) = abi.decode(data, (address, Step[]));
        _run(steps);
        _pay(sold, msg.sender, uint256(amount0 > 0 ? amount0 : amount1));
    }
}
