// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

/// @notice Who may do what. The owner (a cold key or a multisig) names operators and the treasury, pauses and withdraws; an
/// operator (a hot key) only executes. Ownership moves in two steps, so that it cannot move to an address that nobody holds.
abstract contract Roles {
    error NotOwner(address caller);
    error NotOperator(address caller);
    error NotPendingOwner(address caller);
    error NoAddress();
    error IsPaused();

    event OwnershipOffered(address indexed owner, address indexed pendingOwner);
    event OwnershipTaken(address indexed previousOwner, address indexed owner);
    event OperatorSet(address indexed operator, bool allowed);
    event TreasurySet(address indexed treasury);
    event PausedSet(bool paused);

    address public owner;
    address public pendingOwner;

    /// @notice Where every profit goes; the executor itself where profits are to stay as its inventory.
    address public treasury;

    bool public paused;
    mapping(address => bool) public isOperator;

    constructor(address owner_, address treasury_, address[] memory operators) {
        if (owner_ == address(0)) revert NoAddress();
        owner = owner_;
        emit OwnershipTaken(address(0), owner_);
        _setTreasury(treasury_);
        for (uint256 i = 0; i < operators.length; i++) {
            _setOperator(operators[i], true);
        }
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        _;
    }

    modifier onlyOperator() {
        if (!isOperator[msg.sender]) revert NotOperator(msg.sender);
        if (paused) revert IsPaused();
        _;
    }

    /// @notice Offers ownership; nothing changes until the other accepts. The zero address takes an offer back.
    function offerOwnership(address to) external onlyOwner {
        pendingOwner = to;
        emit OwnershipOffered(owner, to);
    }

    function acceptOwnership() external {
        if (msg.sender != pendingOwner) revert NotPendingOwner(msg.sender);
        emit OwnershipTaken(owner, msg.sender);
        owner = msg.sender;
        pendingOwner = address(0);
    }

    function setOperator(address operator, bool allowed) external onlyOwner {
        _setOperator(operator, allowed);
    }

    function setTreasury(address to) external onlyOwner {
        _setTreasury(to);
    }

    /// @notice While paused nothing is executed; the owner can still withdraw.
    function setPaused(bool to) external onlyOwner {
        paused = to;
        emit PausedSet(to);
    }

    function _setOperator(address operator, bool allowed) private {
        if (operator == address(0)) revert NoAddress();
        isOperator[operator] = allowed;
        emit OperatorSet(operator, allowed);
    }

    function _setTreasury(address to) private {
        if (to == address(0)) revert NoAddress();
        treasury = to;
        emit TreasurySet(to);
    }
}
