// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

/// @notice What a transaction remembers and the chain forgets at its end (EIP-1153).
library Transient {
    function get(bytes32 slot) internal view returns (uint256 value) {
        assembly ("memory-safe") {
            value := tload(slot)
        }
    }

    function set(bytes32 slot, uint256 value) internal {
        assembly ("memory-safe") {
            tstore(slot, value)
        }
    }
}
