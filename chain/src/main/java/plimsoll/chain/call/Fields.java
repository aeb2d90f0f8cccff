package plimsoll.chain.call;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;

/** Reads the fields of a node's answer into typed values; whatever is missing, malformed or out of range is CORRUPT. */
final class Fields {

    private static final int LONGEST_QUANTITY = 2 + 64;

    /** The longest quantity that is below 2^63 whatever its digits are. */
    private static final int LONGEST_SMALL = 2 + 15;

    private final JsonNode json;
    private final String what;

    private Fields(JsonNode json, String what) {
        this.json = json;
        this.what = what;
    }

    static Fields of(JsonNode json, String what) {
        if (!json.isObject()) {
            throw wrong(what, "object", json);
        }
        return new Fields(json, what);
    }

    static BigInteger quantity(JsonNode json, String what) {
        if (!json.isString()) {
            throw wrong(what, "quantity", json);
        }
        String text = json.stringValue();
        if (text.length() < 3 || text.length() > LONGEST_QUANTITY || !HexText.isHex(text)) {
            throw wrong(what, "quantity", json);
        }
        return new BigInteger(text.substring(2), 16);
    }

    static long whole(JsonNode json, String what) {
        if (json.isString()) {
            String text = json.stringValue();
            if (text.length() > 2 && text.length() <= LONGEST_SMALL && HexText.isHex(text)) {
                return HexFormat.fromHexDigitsToLong(text, 2, text.length());
            }
        }
        BigInteger value = quantity(json, what);
        if (value.bitLength() > 63) {
            throw wrong(what, "quantity below 2^63", json);
        }
        return value.longValue();
    }

    static String bytes(JsonNode json, String what) {
        if (!json.isString() || json.stringValue().length() % 2 != 0 || !HexText.isHex(json.stringValue())) {
            throw wrong(what, "bytes", json);
        }
        return json.stringValue();
    }

    static List<JsonNode> array(JsonNode json, String what) {
        if (!json.isArray()) {
            throw wrong(what, "array", json);
        }
        List<JsonNode> elements = new ArrayList<>(json.size());
        json.forEach(elements::add);
        return elements;
    }

    static <T> T typed(JsonNode json, String what, Function<String, T> parser) {
        if (json.isString()) {
            try {
                return parser.apply(json.stringValue());
            } catch (IllegalArgumentException e) {
                // told below, without the parser's own words
            }
        }
        throw wrong(what, "value", json);
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    /** Whether the field is exactly this text. */
    boolean says(String name, String text) {
        JsonNode field = json.get(name);
        return field != null && field.isString() && field.stringValue().equals(text);
    }

    JsonNode field(String name) {
        JsonNode field = json.get(name);
        if (field == null || field.isNull()) {
            throw RpcException.corrupt("Answer lacks a field: answer=" + what + " field=" + name);
        }
        return field;
    }

    BigInteger quantity(String name) {
        return quantity(field(name), what + "." + name);
    }

    long whole(String name) {
        return whole(field(name), what + "." + name);
    }

    int index(String name) {
        long value = whole(name);
        if (value > Integer.MAX_VALUE) {
            throw wrong(what + "." + name, "index", field(name));
        }
        return (int) value;
    }

    String bytes(String name) {
        return bytes(field(name), what + "." + name);
    }

    List<JsonNode> array(String name) {
        return array(field(name), what + "." + name);
    }

    Address address(String name) {
        return typed(field(name), what + "." + name, Address::new);
    }

    Optional<Address> maybeAddress(String name) {
        return has(name) ? Optional.of(address(name)) : Optional.empty();
    }

    BlockHash blockHash(String name) {
        return typed(field(name), what + "." + name, BlockHash::new);
    }

    TxHash txHash(String name) {
        return typed(field(name), what + "." + name, TxHash::new);
    }

    BlockNumber blockNumber(String name) {
        return new BlockNumber(whole(name));
    }

    Gas gas(String name) {
        return new Gas(whole(name));
    }

    GasPrice gasPrice(String name) {
        return GasPrice.ofRaw(quantity(name));
    }

    Optional<GasPrice> maybeGasPrice(String name) {
        return has(name) ? Optional.of(gasPrice(name)) : Optional.empty();
    }

    Instant time(String name) {
        long seconds = whole(name);
        if (seconds > Instant.MAX.getEpochSecond()) {
            throw wrong(what + "." + name, "time", field(name));
        }
        return Instant.ofEpochSecond(seconds);
    }

    static RpcException wrong(String what, String expected, JsonNode found) {
        String text = found.toString().replaceAll("\\s+", " ");
        return RpcException.corrupt("Answer has the wrong type: answer=" + what + " found="
                + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + " expected=" + expected);
    }
}
