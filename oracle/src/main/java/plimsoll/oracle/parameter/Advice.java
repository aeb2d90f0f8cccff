package plimsoll.oracle.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.risk.calibration.EfficiencyCategory;
import plimsoll.risk.calibration.Eligibility;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;

/**
 * What else a reserve's parameters should become, for people to carry out: no route of ours sets it. It stands in the
 * manifest and the report beside what is proposed.
 *
 * @param standing whether a model may speak for the asset at all
 * @param liquidationProtocolFee the protocol's share of the bonus, rounded down; empty to leave it
 * @param reserveFactor rounded up; empty to leave it
 * @param debtCeiling in isolation, in whole cents, rounded down; empty where there is none to set
 * @param efficiencyMode for assets that move together; empty where the asset belongs to none
 */
public record Advice(
        Standing standing,
        Optional<Bps> liquidationProtocolFee,
        Optional<Bps> reserveFactor,
        Optional<BaseValue> debtCeiling,
        Optional<EfficiencyMode> efficiencyMode,
        List<String> reasons) {

    public Advice {
        reasons = List.copyOf(reasons);
    }

    /** What the rules of eligibility made of the asset. */
    public enum Standing {
        AUTOMATIC,
        ISOLATED,
        EXCLUDED
    }

    /** Parameters of a category of assets that move together. */
    public record EfficiencyMode(Bps ltv, Bps liquidationThreshold, Bps liquidationBonus) {}

    /**
     * Takes what the closed form says beside threshold, LTV, bonus and caps.
     *
     * @param liquidationProtocolFee the present share; advice is given only where it leaves liquidators too little
     */
    public static Advice of(ReserveParameters made, Bps liquidationProtocolFee) {
        List<String> reasons = new ArrayList<>(made.eligibility().reasons());
        Bps most = Rounding.down(made.mostProtocolFee().value(), "protocol fee", reasons);
        Optional<Bps> fee = Optional.empty();
        if (most.compareTo(liquidationProtocolFee) < 0) {
            fee = Optional.of(most);
            reasons.addAll(made.mostProtocolFee().reasons());
        }
        Optional<Bps> factor = made.reserveFactor().map(found -> {
            reasons.addAll(found.reasons());
            return Rounding.up(found.value(), "reserve factor", 1, reasons);
        });
        Optional<BaseValue> ceiling = made.debtCeiling().map(found -> {
            reasons.addAll(found.reasons());
            return Rounding.cents(found.value(), "debt ceiling", reasons);
        });
        return new Advice(standing(made.eligibility()), fee, factor, ceiling, Optional.empty(), reasons);
    }

    /** The same advice for an asset that shares a category's parameters: LTV and threshold rounded down, the bonus up. */
    public Advice with(EfficiencyCategory.Answer category) {
        List<String> all = new ArrayList<>(reasons);
        all.addAll(category.reasons());
        Optional<EfficiencyMode> mode = switch (category) {
            case EfficiencyCategory.Answer.Formed formed -> mode(formed, all);
            case EfficiencyCategory.Answer.Refused _ -> Optional.empty();
        };
        return new Advice(standing, liquidationProtocolFee, reserveFactor, debtCeiling, mode, all);
    }

    /** The contract's product rule holds for categories too: the threshold makes room for a bonus that was rounded up. */
    private static Optional<EfficiencyMode> mode(EfficiencyCategory.Answer.Formed formed, List<String> reasons) {
        Bps bonus = Rounding.up(formed.bonus(), "efficiency mode's bonus", 1, reasons);
        Bps threshold = Rounding.down(formed.liquidationThreshold(), "efficiency mode's threshold", reasons);
        Bps room = AaveCollateralRule.highestThreshold(bonus);
        Bps allowed = threshold.compareTo(room) > 0 ? room : threshold;
        Bps ltv = Rounding.down(formed.ltv(), "efficiency mode's LTV", reasons);
        return allowed.isZero() || bonus.isZero()
                ? Optional.empty()
                : Optional.of(new EfficiencyMode(ltv.compareTo(allowed) > 0 ? allowed : ltv, allowed, bonus));
    }

    private static Standing standing(Eligibility.Verdict verdict) {
        return switch (verdict) {
            case Eligibility.Verdict.Automatic _ -> Standing.AUTOMATIC;
            case Eligibility.Verdict.Isolated _ -> Standing.ISOLATED;
            case Eligibility.Verdict.Excluded _ -> Standing.EXCLUDED;
        };
    }
}
