// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.19;

import {IIrm} from '@morpho-org/morpho-blue/src/interfaces/IIrm.sol';
import {Id, IMorpho, Market, MarketParams, Position} from '@morpho-org/morpho-blue/src/interfaces/IMorpho.sol';

interface IMintable {
    function mint(address to, uint256 amount) external;

    function approve(address spender, uint256 amount) external returns (bool);
}

/// Asks Morpho what it makes of a liquidation: accrues, liquidates, and tells everything that can be read before and after.
/// For calls that nobody mines; each trial is undone before the next.
contract LiquidationProbe {
    struct Trial {
        MarketParams params;
        address borrower;
        uint256 seizedAssets;
        uint256 repaidShares;
    }

    /// `market` is what is stored after interest, `marketAfter` and `positionAfter` what the liquidation leaves.
    struct Outcome {
        uint256 rate;
        Market market;
        bool liquidated;
        bytes reason;
        uint256 seizedAssets;
        uint256 repaidAssets;
        Market marketAfter;
        Position positionAfter;
    }

    IMorpho private immutable MORPHO;

    error Told(bytes outcome);

    constructor(IMorpho morpho, IMintable loanToken, IMintable collateralToken) {
        MORPHO = morpho;
        loanToken.approve(address(morpho), type(uint256).max);
        loanToken.mint(address(this), 2 ** 200);
        collateralToken.mint(address(morpho), 2 ** 200);
    }

    function outcomes(Trial[] calldata trials) external returns (Outcome[] memory told) {
        told = new Outcome[](trials.length);
        for (uint256 i = 0; i < trials.length; i++) {
            try this.undone(trials[i]) {
                revert('unreachable');
            } catch (bytes memory data) {
                told[i] = read(data);
            }
        }
    }

    function undone(Trial calldata trial) external {
        Id id = Id.wrap(keccak256(abi.encode(trial.params)));
        Outcome memory outcome;
        outcome.rate = IIrm(trial.params.irm).borrowRateView(trial.params, MORPHO.market(id));
        MORPHO.accrueInterest(trial.params);
        outcome.market = MORPHO.market(id);
        try MORPHO.liquidate(trial.params, trial.borrower, trial.seizedAssets, trial.repaidShares, '') returns (
            uint256 seized, uint256 repaid
        ) {
            outcome.liquidated = true;
            outcome.seizedAssets = seized;
            outcome.repaidAssets = repaid;
        } catch (bytes memory reason) {
            outcome.reason = reason;
        }
        outcome.marketAfter = MORPHO.market(id);
        outcome.positionAfter = MORPHO.position(id, trial.borrower);
        revert Told(abi.encode(outcome));
    }

    /// Strips the error's selector; a revert that is not ours stays a revert, with its own data.
    function read(bytes memory data) private pure returns (Outcome memory) {
        if (data.length < 4 || bytes4(data) != Told.selector) {
            assembly {
                revert(add(data, 32), mload(data))
            }
        }
        bytes memory inner = new bytes(data.length - 4);
        for (uint256 i = 0; i < inner.length; i += 32) {
            assembly {
                mstore(add(add(inner, 32), i), mload(add(add(data, 36), i)))
            }
        }
        return abi.decode(abi.decode(inner, (bytes)), (Outcome));
    }
}
