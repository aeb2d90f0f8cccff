package plimsoll.abi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.stream.Collectors;

/** The errors that the contracts we talk to may throw, by selector. */
final class KnownErrors {

    private static final ContractFunction MESSAGE = ContractFunction.of("Error(string text)");
    private static final ContractFunction PANIC = ContractFunction.of("Panic(uint256 code)");

    /** Aave v3.6 {@code Errors} without arguments. */
    private static final String AAVE = """
            CallerNotPoolAdmin CallerNotPoolOrEmergencyAdmin CallerNotRiskOrPoolAdmin
            CallerNotAssetListingOrPoolAdmin AddressesProviderNotRegistered InvalidAddressesProviderId
            NotContract CallerNotPoolConfigurator CallerNotAToken InvalidAddressesProvider
            InvalidFlashloanExecutorReturn ReserveAlreadyAdded NoMoreReservesAllowed EModeCategoryReserved
            ReserveLiquidityNotZero FlashloanPremiumInvalid InvalidReserveParams InvalidEmodeCategoryParams
            CallerMustBePool InvalidMintAmount InvalidBurnAmount InvalidAmount ReserveInactive ReserveFrozen
            ReservePaused BorrowingNotEnabled NotEnoughAvailableUserBalance InvalidInterestRateModeSelected
            HealthFactorLowerThanLiquidationThreshold CollateralCannotCoverNewBorrow NoDebtOfSelectedType
            NoExplicitAmountToRepayOnBehalf UnderlyingBalanceZero HealthFactorNotBelowThreshold
            CollateralCannotBeLiquidated SpecifiedCurrencyNotBorrowedByUser InconsistentFlashloanParams
            BorrowCapExceeded SupplyCapExceeded DebtCeilingExceeded UnderlyingClaimableRightsNotZero
            VariableDebtSupplyNotZero LtvValidationFailed InconsistentEModeCategory
            PriceOracleSentinelCheckFailed AssetNotBorrowableInIsolation ReserveAlreadyInitialized
            UserInIsolationModeOrLtvZero InvalidLtv InvalidLiquidationThreshold InvalidLiquidationBonus
            InvalidDecimals InvalidReserveFactor InvalidBorrowCap InvalidSupplyCap
            InvalidLiquidationProtocolFee InvalidDebtCeiling InvalidReserveIndex AclAdminCannotBeZero
            InconsistentParamsLength ZeroAddressNotValid InvalidExpiration InvalidSignature
            OperationNotSupported DebtCeilingNotZero AssetNotListed InvalidOptimalUsageRatio
            UnderlyingCannotBeRescued AddressesProviderAlreadyAdded PoolAddressesDoNotMatch
            SiloedBorrowingViolation ReserveDebtNotZero FlashloanDisabled InvalidMaxRate WithdrawToAToken
            SupplyToAToken Slope2MustBeGteSlope1 CallerNotRiskOrPoolOrEmergencyAdmin
            LiquidationGraceSentinelCheckFailed InvalidGracePeriod InvalidFreezeState InvalidLtvzeroState
            NotBorrowableInEMode CallerNotUmbrella ReserveNotInDeficit MustNotLeaveDust UserCannotHaveDebt
            SelfLiquidation CallerNotPositionManager
            """;

    /** Compound III, as far as lending and liquidation go. */
    private static final String COMET = """
            Absurd BadAsset BadPrice BorrowTooSmall InsufficientReserves NotCollateralized NotForSale
            NotLiquidatable Paused TooMuchSlippage TransferInFailed TransferOutFailed
            """;

    private static final List<String> WITH_ARGUMENTS = List.of(
            "InvalidCollateralInEmode(address reserve, uint256 categoryId)",
            "InvalidDebtInEmode(address reserve, uint256 categoryId)",
            "MustBeEmodeCollateral(address reserve, uint256 categoryId)",
            "GovernorAlreadyCastVote(address voter)",
            "GovernorAlreadyQueuedProposal(uint256 proposalId)",
            "GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold)",
            "GovernorNonexistentProposal(uint256 proposalId)",
            "GovernorNotQueuedProposal(uint256 proposalId)",
            "GovernorOnlyExecutor(address account)",
            "GovernorUnexpectedProposalState(uint256 proposalId, uint8 current, bytes32 expectedStates)",
            "GovernorRestrictedProposer(address proposer)",
            "AccessControlUnauthorizedAccount(address account, bytes32 neededRole)",
            "TimelockInsufficientDelay(uint256 delay, uint256 minDelay)",
            "TimelockUnauthorizedCaller(address caller)",
            "TimelockUnexecutedPredecessor(bytes32 predecessorId)",
            "TimelockUnexpectedOperationState(bytes32 operationId, bytes32 expectedStates)",
            "FailedCall()",
            "ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
            "ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
            "InconsistentInput()",
            "LiquidatablePosition()",
            "NotMorpho()",
            "NotPreLiquidatablePosition()",
            "PreLiquidationTooLarge(uint256 repaidShares, uint256 repayableShares)");

    /** Our own executor's. */
    private static final List<String> EXECUTOR = List.of(
            "NotOwner(address caller)",
            "NotOperator(address caller)",
            "NotPendingOwner(address caller)",
            "NoAddress()",
            "IsPaused()",
            "Busy()",
            "CoinNotExpected(address sender)",
            "CoinRefused(address to)",
            "TokenRefused(address token)",
            "NotTouched(address token)",
            "Shortfall(address token, uint256 found, uint256 opening)",
            "ProfitTooSmall(address token, uint256 found, uint256 required)",
            "UnexpectedCallback(address caller)",
            "CallbackMissing(address callee)",
            "RefusedWithCode(address market, uint256 code)",
            "ProceedsTooSmall(address bought, uint256 found, uint256 required)",
            "NothingSold(address venue)");

    private static final Map<String, ContractFunction> BY_SELECTOR = bySelector();

    private KnownErrors() {}

    static RevertReason read(String data) {
        if (data.startsWith(MESSAGE.selector())) {
            return new RevertReason.Message(MESSAGE.decodeCall(data).text(0));
        }
        if (data.startsWith(PANIC.selector())) {
            return new RevertReason.Panic(PANIC.decodeCall(data).integer(0));
        }
        ContractFunction error = BY_SELECTOR.get(data.substring(0, Math.min(10, data.length())));
        if (error == null) {
            return new RevertReason.Unknown(data);
        }
        String name = error.signature().substring(0, error.signature().indexOf('('));
        return new RevertReason.Custom(name, error.decodeCall(data));
    }

    static Set<String> signatures() {
        return BY_SELECTOR.values().stream().map(ContractFunction::signature).collect(Collectors.toSet());
    }

    private static Map<String, ContractFunction> bySelector() {
        Map<String, ContractFunction> errors = new HashMap<>();
        new Scanner(AAVE).forEachRemaining(name -> put(errors, name + "()"));
        new Scanner(COMET).forEachRemaining(name -> put(errors, name + "()"));
        WITH_ARGUMENTS.forEach(signature -> put(errors, signature));
        EXECUTOR.forEach(signature -> put(errors, signature));
        return Map.copyOf(errors);
    }

    private static void put(Map<String, ContractFunction> errors, String signature) {
        ContractFunction error = ContractFunction.of(signature);
        errors.put(error.selector(), error);
    }
}
