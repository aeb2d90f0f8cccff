package plimsoll.keeper.liquidation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import plimsoll.units.BaseValue;

/** What write-offs of bad debt have lost within the last 24 hours. */
public final class BadDebtLedger {

    private static final Duration DAY = Duration.ofDays(1);

    private final Deque<Loss> losses = new ArrayDeque<>();

    /** The loss that one was planned with. */
    public record Loss(Instant at, BaseValue value) {}

    /**
     * Goes on from runs before.
     *
     * @param earlier the oldest first
     */
    public BadDebtLedger(List<Loss> earlier) {
        losses.addAll(earlier);
    }

    public void add(Loss loss) {
        losses.addLast(loss);
    }

    public BaseValue spent(Instant now) {
        losses.removeIf(loss -> !loss.at.isAfter(now.minus(DAY)));
        return losses.stream().map(Loss::value).reduce(BaseValue.ZERO, BaseValue::plus);
    }
}
