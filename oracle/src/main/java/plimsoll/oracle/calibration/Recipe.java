package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.evidence.RecordContent;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.risk.forecast.RiskMeasures.RiskMeasure;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.ChainId;

/** What a manifest says that it was made from and came to, as records again: enough to make it anew. */
public final class Recipe {

    private final Map<String, Object> content;
    private final Map<String, Object> inputs;

    private Recipe(Map<String, Object> content) {
        this.content = content;
        this.inputs = object(content, "inputs");
    }

    /** Reads a manifest; what it lacks is named when it is asked for, as an {@link IllegalArgumentException}. */
    public static Recipe of(Manifest manifest) {
        return new Recipe(manifest.content());
    }

    /** Whether it was made from files alone. */
    public boolean isFromFiles() {
        return inputs.containsKey("files");
    }

    /** The files that it was made from; only where {@link #isFromFiles}. */
    public Origin.FromFiles files() {
        return RecordContent.read(inputs, Origin.FromFiles.class);
    }

    public ChainId chain() {
        return new ChainId(Long.parseLong(text(inputs, "chainId")));
    }

    public Address pool() {
        return Address.parse(text(inputs, "pool"));
    }

    public BlockHash block() {
        return BlockHash.parse(text(object(inputs, "block"), "hash"));
    }

    public ReadingSettings reading() {
        Map<String, Object> reading = object(inputs, "reading");
        Map<Address, Duration> heartbeats = new TreeMap<>();
        for (Map<String, Object> feed : objects(inputs, "feeds")) {
            heartbeats.put(Address.parse(text(feed, "asset")), Duration.ofSeconds(whole(feed, "heartbeatSeconds")));
        }
        return new ReadingSettings(
                (int) whole(reading, "mostRounds"),
                new BlockNumber(Long.parseLong(text(reading, "firstBlock"))),
                ReadingSettings.standard(new BlockNumber(0)).heartbeat(),
                heartbeats);
    }

    public CalibrationSettings settings() {
        return RecordContent.read(object(content, "settings"), CalibrationSettings.class);
    }

    /** The parameters that each reserve should have, by asset. */
    public Map<Address, CollateralParameters> recommended() {
        Map<Address, CollateralParameters> recommended = new TreeMap<>();
        for (Map<String, Object> result : objects(content, "results")) {
            recommended.put(Address.parse(text(result, "asset")), parameters(object(result, "recommended")));
        }
        return recommended;
    }

    /** The calls that its proposal makes. */
    public List<ContractCall> calls() {
        return objects(content, "calls").stream()
                .map(call -> new ContractCall(Address.parse(text(call, "target")), text(call, "data")))
                .toList();
    }

    /** The moment that was judged; nothing later was known. */
    public Instant time() {
        return Instant.parse(text(inputs, "time"));
    }

    /** How each reserve's price was judged; those that could not be are left out. */
    public Map<Address, Judged> judged() {
        Map<Address, Judged> judged = new TreeMap<>();
        for (Map<String, Object> result : objects(content, "results")) {
            if (result.containsKey("measures")) {
                Map<String, Object> measures = object(result, "measures");
                judged.put(
                        Address.parse(text(result, "asset")),
                        new Judged(
                                text(result, "symbol"),
                                Duration.ofSeconds(whole(measures, "periodSeconds")),
                                number(measures, "annualVolatility"),
                                objects(measures, "risk").stream()
                                        .map(measure -> RecordContent.read(measure, RiskMeasure.class))
                                        .toList(),
                                objects(result, "recent").stream()
                                        .map(day -> Boolean.TRUE.equals(day.get("exception")))
                                        .toList()));
            }
        }
        return judged;
    }

    private static CollateralParameters parameters(Map<String, Object> shares) {
        return new CollateralParameters(
                bps(shares, "ltvBps"),
                bps(shares, "liquidationThresholdBps"),
                bps(shares, "liquidationBonusBps"),
                Long.parseLong(text(shares, "supplyCap")),
                Long.parseLong(text(shares, "borrowCap")));
    }

    private static Bps bps(Map<String, Object> object, String name) {
        return Bps.ofRaw(whole(object, name));
    }

    private static String text(Map<String, Object> object, String name) {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw lacks(name, "text");
    }

    private static long whole(Map<String, Object> object, String name) {
        if (object.get(name) instanceof Long number) {
            return number;
        }
        throw lacks(name, "a whole number");
    }

    private static double number(Map<String, Object> object, String name) {
        if (object.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw lacks(name, "a number");
    }

    private static Map<String, Object> object(Map<String, Object> object, String name) {
        return members(object.get(name), name);
    }

    private static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
        if (!(object.get(name) instanceof List<?> list)) {
            throw lacks(name, "a list");
        }
        return list.stream().map(element -> members(element, name)).toList();
    }

    @SuppressWarnings("unchecked") // canonical JSON has only text as member names
    private static Map<String, Object> members(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw lacks(name, "an object");
    }

    private static IllegalArgumentException lacks(String name, String wanted) {
        return new IllegalArgumentException("Manifest lacks " + name + ", or it is not " + wanted);
    }
}
