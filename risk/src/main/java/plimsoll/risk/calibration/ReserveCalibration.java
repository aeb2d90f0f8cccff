package plimsoll.risk.calibration;

import static plimsoll.risk.calibration.Words.amount;
import static plimsoll.risk.calibration.Words.percent;
import static plimsoll.risk.calibration.Words.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.risk.calibration.Estimate.End;

/**
 * What should every parameter of a reserve be, from one set of inputs?
 *
 * <pre>
 * f_max = 1 − (s_q + g + c + m) / b                                                       (2)
 * RF    = expected bad debt per year / interest per year                                  (3)
 * </pre>
 *
 * s_q: slippage of one large liquidation; g: oracle gap; c: gas share; m: liquidator's margin; b: bonus; f_max: largest
 * share of the bonus that the protocol may take; RF: reserve factor whose inflow pays for the bad debt. Threshold and LTV
 * are {@link CollateralCalibration}'s at the horizon of {@link ClosedForm}, recomputed at both ends of each measure's
 * interval; the caps are {@link Caps}'.
 *
 * <p>Source: docs/models/reserve-parameters.md, equations 1 to 7.
 */
public final class ReserveCalibration {

    private final ReserveInputs inputs;
    private final ClosedForm form;

    private ReserveCalibration(ReserveInputs inputs) {
        this.inputs = inputs;
        form = new ClosedForm(inputs, End.VALUE);
    }

    public static ReserveParameters of(ReserveInputs inputs) {
        return new ReserveCalibration(inputs).parameters();
    }

    private ReserveParameters parameters() {
        var horizon = form.horizon(inputs.sizes().collateralValue());
        var fall = inputs.falls().shortfall().over(horizon);
        var userFall = inputs.falls().valueAtRisk().over(inputs.lags().user());
        var central = form.result(fall.value(), userFall.value());
        var hopeful = at(End.LOW);
        var cautious = at(End.HIGH);
        var verdict = Eligibility.of(inputs.facts(), inputs.rules());
        var supply = supplyCap(central.liquidationThreshold());
        return new ReserveParameters(
                horizon,
                fall,
                userFall,
                central,
                bonus(central, Estimate.of(hopeful.neededBonus(), central.neededBonus(), cautious.neededBonus())),
                threshold(
                        central,
                        Estimate.of(
                                cautious.liquidationThreshold(),
                                central.liquidationThreshold(),
                                hopeful.liquidationThreshold())),
                ltv(central, Estimate.of(cautious.ltv(), central.ltv(), hopeful.ltv())),
                protocolFee(central),
                supply,
                borrowCap(supply.value() * inputs.sizes().price()),
                reserveFactor(),
                debtCeiling(verdict),
                verdict);
    }

    /** The equations with every measure at one end of its interval. */
    private CollateralCalibration.Result at(End end) {
        var bound = new ClosedForm(inputs, end);
        var horizon = bound.horizon(inputs.sizes().collateralValue());
        return bound.result(
                inputs.falls().shortfall().over(horizon).at(end),
                inputs.falls().valueAtRisk().over(inputs.lags().user()).at(end));
    }

    private Reasoned bonus(CollateralCalibration.Result central, Estimate estimate) {
        var reasons = new ArrayList<String>();
        reasons.add(
                "liquidators need a bonus of %s to sell %s at once: slippage %s, oracle gap %s, gas %s, margin %s, and %s of it goes to the protocol"
                        .formatted(
                                percent(central.neededBonus()),
                                amount(inputs.sizes().liquidationValue()),
                                percent(form.slippage()),
                                percent(inputs.costs().oracleGap().value()),
                                percent(inputs.costs().gasShare()),
                                percent(inputs.costs().liquidatorMargin()),
                                percent(inputs.current().protocolFee())));
        var now = inputs.current().bonus();
        if (now > 0) {
            reasons.add(
                    now < central.neededBonus()
                            ? "the present bonus of %s does not pay for that".formatted(percent(now))
                            : "the present bonus of %s pays for that and takes %s more from borrowers"
                                    .formatted(percent(now), percent(now - central.neededBonus())));
        }
        return new Reasoned(estimate, reasons);
    }

    private Reasoned threshold(CollateralCalibration.Result central, Estimate estimate) {
        var horizon = form.horizon(inputs.sizes().collateralValue());
        var fall = inputs.falls().shortfall().over(horizon);
        var reasons = new ArrayList<String>();
        reasons.add("%s on sale at %s a time take %s with the lags of feed and inclusion"
                .formatted(
                        amount(inputs.sizes().liquidatedShare() * inputs.sizes().collateralValue()),
                        amount(form.soldAtOnce()),
                        time(horizon)));
        reasons.add("in that time the price falls by %s in the worst cases, by %s to %s within the interval"
                .formatted(percent(fall.value()), percent(fall.low()), percent(fall.high())));
        reasons.add(
                central.toxicityBound() < central.solvencyBound()
                        ? "liquidation threshold %s: above it a liquidation would lower the health factor"
                                .formatted(percent(estimate.value()))
                        : "liquidation threshold %s: debt and a bonus of %s are covered after that fall and a feed %s too high"
                                .formatted(
                                        percent(estimate.value()),
                                        percent(central.bonus()),
                                        percent(inputs.costs().oracleGap().value())));
        reasons.add("between %s and %s within the intervals of its inputs"
                .formatted(percent(estimate.low()), percent(estimate.high())));
        return new Reasoned(estimate, reasons);
    }

    private Reasoned ltv(CollateralCalibration.Result central, Estimate estimate) {
        var fall = inputs.falls().valueAtRisk().over(inputs.lags().user());
        return new Reasoned(
                estimate,
                List.of(
                        "LTV %s: a borrower who opens at the limit of a threshold of %s survives a fall of %s within %s"
                                .formatted(
                                        percent(estimate.value()),
                                        percent(central.liquidationThreshold()),
                                        percent(fall.value()),
                                        time(inputs.lags().user())),
                        "between %s and %s within the intervals of its inputs"
                                .formatted(percent(estimate.low()), percent(estimate.high()))));
    }

    private Reasoned protocolFee(CollateralCalibration.Result central) {
        var costs = form.slippage()
                + inputs.costs().oracleGap().value()
                + inputs.costs().gasShare()
                + inputs.costs().liquidatorMargin();
        var most = form.bonus() > 0 ? Math.max(0, 1 - costs / form.bonus()) : 0;
        return Reasoned.of(
                most,
                "the protocol may take up to %s of a bonus of %s: liquidators keep %s for their costs and margin"
                        .formatted(percent(most), percent(central.bonus()), percent(costs)));
    }

    private Reasoned supplyCap(double threshold) {
        var highest = Caps.DEPTHS * inputs.collateral().within(form.bonus());
        var budget = inputs.income().lossBudget();
        var capValue = Caps.largestWithin(value -> form.stressedLoss(value, threshold), budget, highest);
        var tokens = capValue / inputs.sizes().price();
        return Reasoned.of(
                tokens,
                "supply cap %s tokens, worth %s".formatted(amount(tokens), amount(capValue)),
                capValue < highest
                        ? "at that size a stressed fall costs as much as the loss budget of %s; twice the depth within the bonus would be %s"
                                .formatted(amount(budget), amount(highest))
                        : "twice the depth within the bonus of %s; a stressed fall then costs %s of a loss budget of %s"
                                .formatted(
                                        percent(form.bonus()),
                                        amount(form.stressedLoss(capValue, threshold)),
                                        amount(budget)));
    }

    private Optional<Reasoned> borrowCap(double supplyValue) {
        return inputs.debt().map(debt -> {
            var depth = debt.depth().within(debt.bearableImpact());
            var utilisation = inputs.current().optimalUtilisation();
            var capValue = Caps.borrow(supplyValue, utilisation, depth);
            var tokens = capValue / inputs.sizes().price();
            return Reasoned.of(
                    tokens,
                    "borrow cap %s tokens, worth %s".formatted(amount(tokens), amount(capValue)),
                    "the smaller of %s of the supply cap, %s, and twice what can be bought back within %s, %s"
                            .formatted(
                                    percent(utilisation),
                                    amount(utilisation * supplyValue),
                                    percent(debt.bearableImpact()),
                                    amount(Caps.DEPTHS * depth)));
        });
    }

    private Optional<Reasoned> reserveFactor() {
        var income = inputs.income();
        var now = inputs.current().reserveFactor();
        if (income.expectedBadDebtPerYear() <= now * income.interestPerYear()) {
            return Optional.empty();
        }
        var facts = "bad debt of %s is to be expected in a year, and a factor of %s of %s interest brings %s"
                .formatted(
                        amount(income.expectedBadDebtPerYear()),
                        percent(now),
                        amount(income.interestPerYear()),
                        amount(now * income.interestPerYear()));
        if (income.expectedBadDebtPerYear() >= income.interestPerYear()) {
            return Optional.of(
                    Reasoned.of(1, facts, "no reserve factor pays for that: other parameters must answer it"));
        }
        var needed = income.expectedBadDebtPerYear() / income.interestPerYear();
        return Optional.of(Reasoned.of(needed, facts, "a factor of %s pays for it".formatted(percent(needed))));
    }

    private Optional<Reasoned> debtCeiling(Eligibility.Verdict verdict) {
        var share = inputs.facts().lossIfWorthless();
        if (!(verdict instanceof Eligibility.Verdict.Isolated isolated) || share == 0) {
            return Optional.empty();
        }
        var ceiling = Caps.debtCeiling(inputs.income().lossBudget(), share);
        var reasons = new ArrayList<>(isolated.reasons());
        reasons.add("debt ceiling %s: if the asset becomes worthless, %s of it is lost, the loss budget of %s"
                .formatted(
                        amount(ceiling), percent(share), amount(inputs.income().lossBudget())));
        return Optional.of(new Reasoned(Estimate.exact(ceiling), reasons));
    }
}
