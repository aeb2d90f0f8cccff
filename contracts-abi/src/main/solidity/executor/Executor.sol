// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

import {Protocols} from "./Protocols.sol";
import {Roles} from "./Roles.sol";
import {Kind, Step} from "./Steps.sol";
import {Transient} from "./Transient.sol";
import {Venues} from "./Venues.sol";

/// @notice Carries out liquidations in one transaction: borrow, repay, seize, sell, give back, and send the profit to the treasury.
/// An operator composes it of steps; whatever these are, an execution that would leave the executor with less of any token, with
/// an allowance standing, or with less than the named profit, reverts.
contract Executor is Roles, Protocols, Venues {
    error Busy();
    error CoinNotExpected(address sender);

    event Executed(address indexed operator, address indexed profitToken, uint256 profit);
    event Withdrawn(address indexed token, uint256 amount, address indexed to);

    bytes32 private constant LOCK = keccak256("plimsoll.executor.lock");

    /// @param owner_ administers; @param treasury_ gets every profit; @param operators may execute
    constructor(address owner_, address treasury_, address[] memory operators) Roles(owner_, treasury_, operators) {}

    modifier alone() {
        if (Transient.get(LOCK) != 0) revert Busy();
        Transient.set(LOCK, 1);
        _;
        Transient.set(LOCK, 0);
    }

    /// @notice Runs the steps in order, all or (but for those that may fail) nothing.
    /// @param profitToken what the profit is counted in; gains in other tokens go to the treasury, too, and count for nothing
    /// @param minProfit the least gain in that token; less reverts
    /// @return profit the gain in that token
    function execute(Step[] calldata steps, address profitToken, uint256 minProfit)
        external
        onlyOperator
        alone
        returns (uint256 profit)
    {
        _open();
        _run(steps);
        profit = _settle(treasury, profitToken, minProfit);
        emit Executed(msg.sender, profitToken, profit);
    }

    /// @notice Takes inventory, or what somebody sent by mistake, out of the executor.
    /// @param token the zero address for the chain's coin
    function withdraw(address token, uint256 amount, address to) external onlyOwner alone {
        if (to == address(0)) revert NoAddress();
        if (token == COIN) {
            _sendCoin(to, amount);
        } else {
            _send(token, to, amount);
        }
        emit Withdrawn(token, amount, to);
    }

    /// @dev The coin comes only from markets and wrappers while something is executed.
    receive() external payable {
        if (Transient.get(LOCK) == 0) revert CoinNotExpected(msg.sender);
    }

    function _run(Step[] memory steps) internal override {
        for (uint256 i = 0; i < steps.length; i++) {
            _run(steps[i]);
        }
    }

    function _run(Step memory step) private {
        Kind kind = step.kind;
        if (kind == Kind.AaveLiquidation) _liquidateAave(step);
        else if (kind == Kind.MorphoLiquidation) _liquidateMorpho(step);
        else if (kind == Kind.MorphoPreLiquidation) _preLiquidateMorpho(step);
        else if (kind == Kind.CompoundLiquidation) _liquidateCompound(step);
        else if (kind == Kind.CometAbsorption) _absorb(step);
        else if (kind == Kind.AaveFlash) _aaveFlash(abi.decode(step.data, (Flash)));
        else if (kind == Kind.MorphoFlash) _morphoFlash(abi.decode(step.data, (Flash)));
        else if (kind == Kind.UniswapV3Flash) _uniswapV3Flash(abi.decode(step.data, (Flash)));
        else if (kind == Kind.UniswapV3FlashSwap) _uniswapV3FlashSwap(abi.decode(step.data, (FlashSwap)));
        else if (kind == Kind.Wrapping) _wrap(step);
        else _sell(step);
    }
}
