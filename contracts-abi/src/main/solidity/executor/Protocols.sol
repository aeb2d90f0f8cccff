// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

import {
    IAavePool,
    IComet,
    ICompoundMarket,
    IMorpho,
    IPreLiquidation,
    IVenusLiquidator,
    MarketParams
} from "./Interfaces.sol";
import {Step, Steps} from "./Steps.sol";

/// @notice Liquidates: Aave v3, Morpho with and before its threshold, the Compound v2 lineage, Compound III.
abstract contract Protocols is Steps {
    error RefusedWithCode(address market, uint256 code);

    /// @param debtToCover 2^256-1 repays what the pool allows, from what the executor holds
    struct AaveLiquidation {
        address pool;
        address collateral;
        address debt;
        address borrower;
        uint256 debtToCover;
    }

    /// @param steps run after the collateral has come and before the loan token is taken
    struct MorphoLiquidation {
        address morpho;
        MarketParams market;
        address borrower;
        uint256 seizedAssets;
        uint256 repaidShares;
        Step[] steps;
    }

    struct PreLiquidation {
        address target;
        address loanToken;
        address collateralToken;
        address borrower;
        uint256 seizedAssets;
        uint256 repaidShares;
        Step[] steps;
    }

    /// @param target the debt's market itself, or Venus's liquidator contract where one is set
    struct CompoundLiquidation {
        address target;
        address debtMarket;
        address debt;
        address collateralMarket;
        address borrower;
        uint256 repaid;
    }

    struct CometAbsorption {
        address comet;
        address[] accounts;
    }

    function _liquidateAave(Step memory step) internal {
        AaveLiquidation memory it = abi.decode(step.data, (AaveLiquidation));
        _touch(it.collateral);
        _touch(it.debt);
        _allow(it.debt, it.pool, it.debtToCover == type(uint256).max ? _held(it.debt) : it.debtToCover);
        _try(
            step,
            it.pool,
            abi.encodeCall(IAavePool.liquidationCall, (it.collateral, it.debt, it.borrower, it.debtToCover, false))
        );
        _disallow(it.debt, it.pool);
    }

    function _liquidateMorpho(Step memory step) internal {
        MorphoLiquidation memory it = abi.decode(step.data, (MorphoLiquidation));
        _touch(it.market.loanToken);
        _touch(it.market.collateralToken);
        bytes memory data = abi.encode(it.market.loanToken, it.steps);
        _await(it.morpho, data);
        _try(
            step,
            it.morpho,
            abi.encodeCall(IMorpho.liquidate, (it.market, it.borrower, it.seizedAssets, it.repaidShares, data))
        );
        _answered(it.morpho);
        _disallow(it.market.loanToken, it.morpho);
    }

    function onMorphoLiquidate(uint256 repaid, bytes calldata data) external {
        _repayMorpho(repaid, data);
    }

    function _preLiquidateMorpho(Step memory step) internal {
        PreLiquidation memory it = abi.decode(step.data, (PreLiquidation));
        _touch(it.loanToken);
        _touch(it.collateralToken);
        bytes memory data = abi.encode(it.loanToken, it.steps);
        _await(it.target, data);
        _try(
            step,
            it.target,
            abi.encodeCall(IPreLiquidation.preLiquidate, (it.borrower, it.seizedAssets, it.repaidShares, data))
        );
        _answered(it.target);
        _disallow(it.loanToken, it.target);
    }

    function onPreLiquidate(uint256 repaid, bytes calldata data) external {
        _repayMorpho(repaid, data);
    }

    function _repayMorpho(uint256 repaid, bytes calldata data) private {
        _answer(data);
        (address loanToken, Step[] memory steps) = abi.decode(data, (address, Step[]));
        _run(steps);
        _allow(loanToken, msg.sender, repaid);
    }

    /// @dev Markets of this lineage may refuse by returning a code instead of reverting.
    function _liquidateCompound(Step memory step) internal {
        CompoundLiquidation memory it = abi.decode(step.data, (CompoundLiquidation));
        _touch(it.debt);
        _touch(it.collateralMarket);
        _allow(it.debt, it.target, it.repaid);
        bool direct = it.target == it.debtMarket;
        (bool ok, bytes memory answer) = _try(
            step,
            it.target,
            direct
                ? abi.encodeCall(ICompoundMarket.liquidateBorrow, (it.borrower, it.repaid, it.collateralMarket))
                : abi.encodeCall(
                    IVenusLiquidator.liquidateBorrow, (it.debtMarket, it.borrower, it.repaid, it.collateralMarket)
                )
        );
        uint256 code = ok && direct && answer.length > 0 ? abi.decode(answer, (uint256)) : 0;
        if (code != 0) {
            if (!step.mayFail) revert RefusedWithCode(it.target, code);
            emit StepFailed(step.kind, it.target, answer);
        }
        _disallow(it.debt, it.target);
    }

    function _absorb(Step memory step) internal {
        CometAbsorption memory it = abi.decode(step.data, (CometAbsorption));
        _try(step, it.comet, abi.encodeCall(IComet.absorb, (address(this), it.accounts)));
    }
}
