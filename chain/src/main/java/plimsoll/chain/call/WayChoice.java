package plimsoll.chain.call;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import plimsoll.chain.call.CallSettings.Way;

/** Remembers how long each way of asking takes, by the power of two below the number of calls. For many threads. */
final class WayChoice {

    /** The share of a new measurement in the average: some ten exchanges back count. */
    private static final double NEWS = 0.2;
    /** Each way is tried this often before it is judged. */
    private static final int TRIALS = 2;
    /** One exchange in so many goes the slower way, to notice that it has become the faster one. */
    private static final int EXPLORE_EVERY = 32;

    private static final class Speed {
        private double nanosPerCall;
        private int measured;
    }

    private static final class SizeClass {
        private final Map<Way, Speed> speeds =
                new EnumMap<>(Map.of(Way.BATCH, new Speed(), Way.MULTICALL, new Speed()));
        private int asked;

        private Speed of(Way way) {
            return Objects.requireNonNull(speeds.get(way));
        }
    }

    private final Map<Integer, SizeClass> classes = new HashMap<>();

    synchronized Way choose(int calls) {
        SizeClass same = of(calls);
        same.asked++;
        for (Way way : same.speeds.keySet()) {
            if (same.of(way).measured < TRIALS) {
                return way;
            }
        }
        boolean batch = same.of(Way.BATCH).nanosPerCall <= same.of(Way.MULTICALL).nanosPerCall;
        boolean explore = same.asked % EXPLORE_EVERY == 0;
        return batch == explore ? Way.MULTICALL : Way.BATCH;
    }

    synchronized void took(Way way, int calls, long nanos) {
        Speed speed = of(calls).of(way);
        double perCall = (double) nanos / calls;
        // The first exchange of all also opens connections and warms code: it counts until there is a second.
        speed.nanosPerCall =
                speed.measured < TRIALS ? perCall : speed.nanosPerCall + NEWS * (perCall - speed.nanosPerCall);
        speed.measured++;
    }

    private SizeClass of(int calls) {
        return classes.computeIfAbsent(31 - Integer.numberOfLeadingZeros(calls), _ -> new SizeClass());
    }
}
