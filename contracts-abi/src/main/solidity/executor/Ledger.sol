// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

import {IToken} from "./Interfaces.sol";
import {Transient} from "./Transient.sol";

/// @notice Counts what an execution does to the executor's funds. A token's balance is noted before the execution first moves it
/// (`_touch`); at the end no touched token may hold less, and what it holds more goes to the treasury. So an execution can lose
/// none of the inventory and strand none of the proceeds, whatever the contracts that it passes through do.
abstract contract Ledger {
    error TokenRefused(address token);
    error NotTouched(address token);
    error Shortfall(address token, uint256 found, uint256 opening);
    error ProfitTooSmall(address token, uint256 found, uint256 required);
    error CoinRefused(address to);

    event Gained(address indexed token, uint256 amount, address indexed treasury);

    /// @notice The chain's own coin, where a token's address stands for it.
    address internal constant COIN = address(0);

    bytes32 private constant COUNT = keccak256("plimsoll.executor.count");
    bytes32 private constant COIN_OPENING = keccak256("plimsoll.executor.coin");

    function _open() internal {
        Transient.set(COIN_OPENING, address(this).balance);
    }

    /// @notice Notes the token's opening balance, once.
    function _touch(address token) internal {
        bytes32 slot = _openingSlot(token);
        if (Transient.get(slot) == 0) {
            uint256 count = Transient.get(COUNT);
            Transient.set(slot, _held(token) + 1);
            Transient.set(_tokenSlot(count), uint160(token));
            Transient.set(COUNT, count + 1);
        }
    }

    /// @notice What the execution has brought in of a token so far; 0 where it has spent more.
    function _surplus(address token) internal view returns (uint256) {
        uint256 opening = Transient.get(_openingSlot(token));
        uint256 held = _held(token) + 1;
        return opening != 0 && held > opening ? held - opening : 0;
    }

    function _coinSurplus() internal view returns (uint256) {
        uint256 opening = Transient.get(COIN_OPENING);
        return address(this).balance > opening ? address(this).balance - opening : 0;
    }

    /// @notice Ends the count: checks every touched token and sends what was gained to the treasury.
    function _settle(address treasury, address profitToken, uint256 minProfit) internal returns (uint256 profit) {
        uint256 count = Transient.get(COUNT);
        for (uint256 i = 0; i < count; i++) {
            address token = address(uint160(Transient.get(_tokenSlot(i))));
            uint256 opening = Transient.get(_openingSlot(token)) - 1;
            uint256 held = _held(token);
            if (held < opening) revert Shortfall(token, held, opening);
            if (token == profitToken) profit = held - opening;
            if (held > opening) {
                if (treasury != address(this)) _send(token, treasury, held - opening);
                emit Gained(token, held - opening, treasury);
            }
            Transient.set(_openingSlot(token), 0);
        }
        Transient.set(COUNT, 0);
        _settleCoin(treasury);
        if (profit < minProfit) revert ProfitTooSmall(profitToken, profit, minProfit);
    }

    function _settleCoin(address treasury) private {
        uint256 opening = Transient.get(COIN_OPENING);
        if (address(this).balance < opening) revert Shortfall(COIN, address(this).balance, opening);
        uint256 gained = address(this).balance - opening;
        if (gained > 0) {
            if (treasury != address(this)) _sendCoin(treasury, gained);
            emit Gained(COIN, gained, treasury);
        }
    }

    function _held(address token) internal view returns (uint256) {
        return IToken(token).balanceOf(address(this));
    }

    /// @notice Pays while an execution is open: only with a token that is counted.
    function _pay(address token, address to, uint256 amount) internal {
        _demandTouched(token);
        _send(token, to, amount);
    }

    /// @notice Lets a contract take an amount for the length of one call; `_disallow` must follow it.
    function _allow(address token, address spender, uint256 amount) internal {
        _demandTouched(token);
        if (amount > 0) _demand(token, abi.encodeCall(IToken.approve, (spender, amount)));
    }

    function _disallow(address token, address spender) internal {
        if (IToken(token).allowance(address(this), spender) > 0) {
            _demand(token, abi.encodeCall(IToken.approve, (spender, 0)));
        }
    }

    function _send(address token, address to, uint256 amount) internal {
        _demand(token, abi.encodeCall(IToken.transfer, (to, amount)));
    }

    function _sendCoin(address to, uint256 amount) internal {
        (bool ok,) = to.call{value: amount}("");
        if (!ok) revert CoinRefused(to);
    }

    function _demandTouched(address token) private view {
        if (Transient.get(_openingSlot(token)) == 0) revert NotTouched(token);
    }

    /// @dev Some tokens return nothing, some return false instead of reverting.
    function _demand(address token, bytes memory call) private {
        (bool ok, bytes memory answer) = token.call(call);
        if (!ok || token.code.length == 0 || (answer.length > 0 && !abi.decode(answer, (bool)))) revert TokenRefused(token);
    }

    function _openingSlot(address token) private pure returns (bytes32) {
        return keccak256(abi.encode("plimsoll.executor.opening", token));
    }

    function _tokenSlot(uint256 place) private pure returns (bytes32) {
        return keccak256(abi.encode("plimsoll.executor.token", place));
    }
}
