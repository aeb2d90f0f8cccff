package plimsoll.risk.calibration;

import java.time.Duration;
import java.util.Optional;

/**
 * The parameters of one reserve, as fractions and amounts before any rounding, each with its interval and its reasons.
 *
 * @param liquidationHorizon h: time from a fallen price to the last sale, at the reserve's size
 * @param fallInHorizon X_α(h)
 * @param fallForUser Y_β(H)
 * @param closedForm the bare equations at the measures' values
 * @param bonus what liquidators need
 * @param mostProtocolFee largest share of the bonus that leaves liquidators their margin
 * @param supplyCap in whole tokens, and fractions of one
 * @param borrowCap in whole tokens; empty where the asset is not borrowed
 * @param reserveFactor that pays for the bad debt to be expected; empty where the present one does
 * @param debtCeiling in the base currency; empty where the asset is not isolated, or cannot become worthless
 */
public record ReserveParameters(
        Duration liquidationHorizon,
        Estimate fallInHorizon,
        Estimate fallForUser,
        CollateralCalibration.Result closedForm,
        Reasoned bonus,
        Reasoned liquidationThreshold,
        Reasoned ltv,
        Reasoned mostProtocolFee,
        Reasoned supplyCap,
        Optional<Reasoned> borrowCap,
        Optional<Reasoned> reserveFactor,
        Optional<Reasoned> debtCeiling,
        Eligibility.Verdict eligibility) {}
