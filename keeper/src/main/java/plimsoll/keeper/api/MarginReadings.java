package plimsoll.keeper.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.Wad;

/** What the borrower's desk watches, has told and has decided, and the two orders that change its watch list. */
public interface MarginReadings {

    /** Everybody who is watched. */
    List<WatchView> watches();

    /**
     * Adds an entry, or replaces one that was added.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    WatchView watch(WatchOrder order);

    /** Takes an entry away that was added; false where there is none. */
    boolean unwatch(String name);

    /** Calls, the newest first. */
    List<CallView> calls(Optional<Address> account, int limit);

    /** What mandates decided, the newest first. */
    List<ActionView> actions(int limit);

    /** An entry to add; what it leaves out is as the configuration says. */
    record WatchOrder(
            @Nullable String name,
            @Nullable String account,
            Optional<String> market,
            Optional<Integer> mode,
            Optional<String> levels,
            Optional<String> band,
            Optional<Duration> interval,
            @Nullable List<String> channels) {}

    /**
     * Somebody who is watched.
     *
     * @param origin {@code configuration} or {@code api}; only the latter can be taken away here
     */
    record WatchView(
            String name,
            Address account,
            Optional<String> market,
            Optional<Integer> mode,
            List<String> levels,
            Wad band,
            Duration interval,
            List<String> channels,
            String origin) {}

    /**
     * A margin call.
     *
     * @param messages how far each channel's message has come, such as {@code desk: delivered}
     */
    record CallView(
            String id,
            String watch,
            String market,
            Address account,
            String level,
            HealthFactor healthFactor,
            Optional<HealthFactor> healthFactorBefore,
            BaseValue collateralBase,
            BaseValue debtBase,
            BlockNumber blockNumber,
            Instant calledAt,
            String text,
            List<String> messages) {}

    /**
     * What a mandate decided, and what came of it.
     *
     * @param repeats in how many later looks the same was decided again
     */
    record ActionView(
            String mandate,
            String market,
            Address account,
            String verdict,
            String reason,
            Optional<HealthFactor> healthFactor,
            BlockNumber blockNumber,
            Instant decidedAt,
            long repeats,
            Optional<String> key,
            Optional<String> state) {}
}
