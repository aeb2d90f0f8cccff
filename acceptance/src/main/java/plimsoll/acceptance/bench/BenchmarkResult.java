package plimsoll.acceptance.bench;

import java.util.Optional;

/**
 * What was measured, beside a peer's value of the same run where there is one.
 *
 * @param unit of {@code value} and {@code peerValue}, such as "calls/s" or "s"
 * @param ratio above 1 where we are better than the peer: faster, or with less
 */
public record BenchmarkResult(
        String name,
        double value,
        String unit,
        Optional<String> peer,
        Optional<Double> peerValue,
        Optional<Double> ratio) {

    /** A speed, where more is better. */
    public static BenchmarkResult speed(String name, double value, String unit, String peer, double peerValue) {
        return new BenchmarkResult(
                name, value, unit, Optional.of(peer), Optional.of(peerValue), Optional.of(value / peerValue));
    }

    /** A cost such as a time, where less is better. */
    public static BenchmarkResult cost(String name, double value, String unit, String peer, double peerValue) {
        return new BenchmarkResult(
                name, value, unit, Optional.of(peer), Optional.of(peerValue), Optional.of(peerValue / value));
    }

    /** A figure without a peer. */
    public static BenchmarkResult alone(String name, double value, String unit) {
        return new BenchmarkResult(name, value, unit, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
