// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

import {Ledger} from "./Ledger.sol";
import {Transient} from "./Transient.sol";

/// @notice What an execution can consist of.
enum Kind {
    AaveFlash,
    MorphoFlash,
    UniswapV3Flash,
    UniswapV3FlashSwap,
    AaveLiquidation,
    MorphoLiquidation,
    MorphoPreLiquidation,
    CompoundLiquidation,
    CometAbsorption,
    UniswapV3Sale,
    UniswapV2Sale,
    CurveSale,
    VaultRedemption,
    CompoundRedemption,
    CometPurchase,
    Wrapping,
    VenueSale
}

/// @notice One step; its data are the arguments that its kind names, ABI-encoded.
/// @param mayFail whether the rest goes on where a liquidation is refused, as it is when somebody else was quicker
struct Step {
    Kind kind;
    bool mayFail;
    bytes data;
}

/// @notice Runs steps, and answers callbacks only from the contract just called, once, and only with the data that it was given.
abstract contract Steps is Ledger {
    error UnexpectedCallback(address caller);
    error CallbackMissing(address callee);

    event StepFailed(Kind indexed kind, address indexed target, bytes reason);

    bytes32 private constant AWAITED = keccak256("plimsoll.executor.awaited");

    function _run(Step[] memory steps) internal virtual;

    /// @notice From now on `callee` may call back with these data, once.
    function _await(address callee, bytes memory data) internal {
        Transient.set(AWAITED, uint256(keccak256(abi.encode(callee, data))));
    }

    /// @notice Every callback begins with this.
    function _answer(bytes calldata data) internal {
        if (Transient.get(AWAITED) != uint256(keccak256(abi.encode(msg.sender, data)))) revert UnexpectedCallback(msg.sender);
        Transient.set(AWAITED, 0);
    }

    /// @notice Follows the call: it must have called back.
    function _answered(address callee) internal view {
        if (Transient.get(AWAITED) != 0) revert CallbackMissing(callee);
    }

    /// @notice Calls a protocol; where the step may fail, a refusal is told by an event and leaves no trace.
    function _try(Step memory step, address target, bytes memory call) internal returns (bool ok, bytes memory answer) {
        (ok, answer) = target.call(call);
        if (!ok) {
            if (!step.mayFail) _bubble(answer);
            Transient.set(AWAITED, 0);
            emit StepFailed(step.kind, target, answer);
        }
    }

    function _bubble(bytes memory reason) private pure {
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }
}
