package plimsoll.devnet.fault;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import plimsoll.units.Bps;

/** Which faults are on, when each strikes, and how often it has. */
final class Faults {

    private static final int HUNDRED_PERCENT = Bps.ONE_HUNDRED_PERCENT.raw();

    private final long seed;
    private final Map<Fault, FaultSetting> settings = new ConcurrentHashMap<>();
    private final Map<Fault, SplittableRandom> chances = new EnumMap<>(Fault.class);
    private final Map<Fault, LongAdder> strikes = new EnumMap<>(Fault.class);

    Faults(long seed) {
        this.seed = seed;
        for (Fault fault : Fault.values()) {
            // A stream for each, so that switching one on does not move the others' strikes.
            chances.put(fault, new SplittableRandom(mixed(seed, salt(fault))));
            strikes.put(fault, new LongAdder());
        }
    }

    void set(FaultSetting setting) {
        settings.put(setting.fault(), setting);
    }

    void clear(Fault fault) {
        settings.remove(fault);
    }

    void clear() {
        settings.clear();
    }

    List<FaultSetting> all() {
        return settings.values().stream()
                .sorted((a, b) -> a.fault().compareTo(b.fault()))
                .toList();
    }

    boolean isQuiet() {
        return settings.isEmpty();
    }

    Optional<FaultSetting> setting(Fault fault) {
        return Optional.ofNullable(settings.get(fault));
    }

    /** Whether it is this occasion's turn; whoever then acts says so with {@link #struck}. */
    boolean isDue(Fault fault) {
        FaultSetting setting = settings.get(fault);
        if (setting == null) {
            return false;
        }
        synchronized (chances) {
            return random(fault).nextInt(HUNDRED_PERCENT) < setting.chance().raw();
        }
    }

    /** Whether this thing is among those that the fault strikes: the same answer each time it is asked about. */
    boolean isDueFor(Fault fault, String thing) {
        FaultSetting setting = settings.get(fault);
        return setting != null
                && new SplittableRandom(mixed(seed + salt(fault), thing.hashCode())).nextInt(HUNDRED_PERCENT)
                        < setting.chance().raw();
    }

    /** Due, and counted at once: for faults that always do something. */
    boolean strikes(Fault fault) {
        boolean due = isDue(fault);
        if (due) {
            struck(fault);
        }
        return due;
    }

    void struck(Fault fault) {
        Objects.requireNonNull(strikes.get(fault)).increment();
    }

    long count(Fault fault) {
        return Objects.requireNonNull(strikes.get(fault)).sum();
    }

    int below(Fault fault, int bound) {
        synchronized (chances) {
            return random(fault).nextInt(bound);
        }
    }

    /** Another 32 bytes for these, always the same. */
    String inventedHash(String of) {
        SplittableRandom random = new SplittableRandom(mixed(seed, of.hashCode()));
        return "0x%016x%016x%016x%016x"
                .formatted(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private RandomGenerator random(Fault fault) {
        return Objects.requireNonNull(chances.get(fault));
    }

    private static long salt(Fault fault) {
        return fault.word().hashCode();
    }

    private static long mixed(long seed, long salt) {
        return new SplittableRandom(seed ^ (salt * 0x9E3779B97F4A7C15L)).nextLong();
    }
}
