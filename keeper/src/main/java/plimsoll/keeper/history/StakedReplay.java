package plimsoll.keeper.history;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The snapshot's book along a path of prices: who falls below the line when, what is taken from whom, and what stays unpaid. Integers
 * in wei by v2's rules. Nobody acts but liquidators, who take all that the close factor allows again and again within the step,
 * whatever it pays; no interest accrues.
 */
final class StakedReplay {

    /** v2's bonus on stETH, here on all collateral: what else an account held is not named. */
    static final int BONUS_BPS = 10_750;

    private static final double WHOLE_BPS = 10_000;

    /** Below a thousandth of an ether nothing pays for its gas: such a debt is left alone. */
    private static final BigInteger DUST = BigInteger.TEN.pow(15);

    /** What the files leave open moves with ether, or with the dollar. */
    enum Unit {
        ETHER,
        DOLLAR
    }

    /** How what no file names is counted: what was held beside stETH, and debts without a name. */
    record Reading(Unit otherCollateral, Unit unnamedDebt) {}

    /** One account that fell below the line. */
    record Fallen(
            StakedPosition position,
            Instant first,
            StakedPath.Step prices,
            BigInteger seized,
            BigInteger repaid,
            BigInteger unpaid) {}

    /** Those that fell, the largest seizure first. */
    record Result(Reading reading, List<Fallen> fallen) {

        BigDecimal sum(java.util.function.Function<Fallen, BigInteger> what) {
            return new BigDecimal(fallen.stream().map(what).reduce(BigInteger.ZERO, BigInteger::add), 18);
        }

        /** Those that owed at least an ether. */
        long sizeable() {
            return fallen.stream()
                    .filter(one -> one.position().debt().compareTo(BigDecimal.ONE) >= 0)
                    .count();
        }
    }

    private final StakedPath path;
    private final Reading reading;

    /** The path once more for the screen: a stETH in ether, and what a dollar has become in ether since the start. */
    private final double[] staked;

    private final double[] dollar;

    StakedReplay(StakedPath path, Reading reading) {
        this.path = path;
        this.reading = reading;
        double start = path.first().ether().doubleValue();
        staked = path.steps().stream()
                .mapToDouble(step -> step.staked().doubleValue() / 1e18)
                .toArray();
        dollar = path.steps().stream()
                .mapToDouble(step -> start / step.ether().doubleValue())
                .toArray();
    }

    Result of(StakedBook book) {
        List<Fallen> fallen = new ArrayList<>();
        for (StakedPosition position : book.positions()) {
            new Account(position).along().ifPresent(fallen::add);
        }
        fallen.sort(Comparator.comparing(Fallen::seized).reversed());
        return new Result(reading, List.copyOf(fallen));
    }

    /** An account in floating point, with a margin ten thousand times wider than its error; the line itself is decided in integers. */
    private record Screen(double staked, double inEther, double inDollars, double debtInEther, double debtInDollars) {

        boolean isFarAbove(double stakedPrice, double dollarPrice) {
            return staked * stakedPrice + inEther + inDollars * dollarPrice
                    > 1.01 * (debtInEther + debtInDollars * dollarPrice);
        }
    }

    /** One account as integers: stETH, and values at the start of what moves with ether and with the dollar. */
    private final class Account {

        private final StakedPosition position;
        private final BigInteger otherWeighted;
        private final BigInteger otherAtStart;
        private final BigInteger startEther = path.first().ether();
        private BigInteger stakedLeft;
        private BigInteger otherShare = VersionTwo.WAD;
        private BigInteger inEther;
        private BigInteger inDollars;

        Account(StakedPosition position) {
            this.position = position;
            BigInteger collateral = VersionTwo.raw(position.collateral());
            stakedLeft = VersionTwo.raw(position.staked());
            BigInteger stakedValue = valueOfStaked(path.first()).min(collateral);
            otherAtStart = collateral.subtract(stakedValue);
            otherWeighted = collateral
                    .multiply(BigInteger.valueOf(position.threshold()))
                    .subtract(stakedValue.multiply(BigInteger.valueOf(StakedBook.STAKED_THRESHOLD)))
                    .max(BigInteger.ZERO);
            inDollars = VersionTwo.raw(position.dollarDebt());
            BigInteger unnamed = VersionTwo.raw(position.unnamedDebt());
            inEther = VersionTwo.raw(position.debt())
                    .subtract(inDollars)
                    .subtract(unnamed)
                    .max(BigInteger.ZERO);
            if (reading.unnamedDebt() == Unit.ETHER) {
                inEther = inEther.add(unnamed);
            } else {
                inDollars = inDollars.add(unnamed);
            }
        }

        Optional<Fallen> along() {
            Optional<StakedPath.Step> first = Optional.empty();
            BigInteger seized = BigInteger.ZERO;
            BigInteger repaid = BigInteger.ZERO;
            Screen screen = screen();
            for (int i = 0; i < path.steps().size(); i++) {
                StakedPath.Step step = path.steps().get(i);
                if (screen.isFarAbove(staked[i], dollar[i]) || !isBelow(step)) {
                    continue;
                }
                first = first.or(() -> Optional.of(step));
                while (isBelow(step)
                        && debt(step).compareTo(DUST) > 0
                        && collateral(step).signum() > 0) {
                    Taken taken = liquidate(step);
                    seized = seized.add(taken.seized());
                    repaid = repaid.add(taken.repaid());
                }
                screen = screen();
            }
            StakedPath.Step last = path.last();
            BigInteger unpaid = debt(last).subtract(collateral(last)).max(BigInteger.ZERO);
            BigInteger taken = seized;
            BigInteger paid = repaid;
            return first.map(step -> new Fallen(position, step.at(), step, taken, paid, unpaid));
        }

        private Screen screen() {
            double other = otherWeighted.doubleValue() * otherShare.doubleValue() / 1e18;
            boolean isEther = reading.otherCollateral() == Unit.ETHER;
            return new Screen(
                    stakedLeft.doubleValue() * StakedBook.STAKED_THRESHOLD,
                    isEther ? other : 0,
                    isEther ? 0 : other,
                    inEther.doubleValue() * WHOLE_BPS,
                    inDollars.doubleValue() * WHOLE_BPS);
        }

        private boolean isBelow(StakedPath.Step step) {
            BigInteger debt = debt(step);
            if (debt.signum() == 0) {
                return false;
            }
            BigInteger weighted = valueOfStaked(step)
                    .multiply(BigInteger.valueOf(StakedBook.STAKED_THRESHOLD))
                    .add(otherNow(otherWeighted, step));
            return VersionTwo.health(collateral(step), weighted, debt).compareTo(VersionTwo.WAD) < 0;
        }

        private record Taken(BigInteger seized, BigInteger repaid) {}

        /** Half of the debt, each kind alike, for stETH as long as there is some, then for the rest. */
        private Taken liquidate(StakedPath.Step step) {
            BigInteger debt = debt(step);
            BigInteger repaid = VersionTwo.percentMul(debt, VersionTwo.CLOSE_FACTOR_BPS);
            BigInteger wanted = VersionTwo.percentMul(repaid, BONUS_BPS);
            BigInteger stakedValue = valueOfStaked(step);
            boolean takesStaked = stakedValue.signum() > 0;
            BigInteger available = takesStaked ? stakedValue : otherNow(otherAtStart, step);
            BigInteger seized = wanted.min(available);
            if (seized.compareTo(wanted) < 0) {
                repaid = VersionTwo.percentDiv(seized, BONUS_BPS);
            }
            if (takesStaked) {
                stakedLeft = seized.equals(stakedValue)
                        ? BigInteger.ZERO
                        : stakedLeft.subtract(seized.multiply(VersionTwo.WAD).divide(step.staked()));
            } else {
                otherShare = otherShare.subtract(otherShare.multiply(seized).divide(available));
            }
            inEther = inEther.subtract(inEther.multiply(repaid).divide(debt));
            inDollars = inDollars.subtract(inDollars.multiply(repaid).divide(debt));
            return new Taken(seized, repaid);
        }

        private BigInteger valueOfStaked(StakedPath.Step step) {
            return stakedLeft.multiply(step.staked()).divide(VersionTwo.WAD);
        }

        private BigInteger collateral(StakedPath.Step step) {
            return valueOfStaked(step).add(otherNow(otherAtStart, step));
        }

        private BigInteger otherNow(BigInteger atStart, StakedPath.Step step) {
            BigInteger whole = reading.otherCollateral() == Unit.DOLLAR ? inEtherNow(atStart, step) : atStart;
            return whole.multiply(otherShare).divide(VersionTwo.WAD);
        }

        private BigInteger debt(StakedPath.Step step) {
            return inEther.add(inEtherNow(inDollars, step));
        }

        private BigInteger inEtherNow(BigInteger atStart, StakedPath.Step step) {
            return atStart.multiply(startEther).divide(step.ether());
        }
    }
}
