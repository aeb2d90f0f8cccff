package plimsoll.chain.call;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.Wei;

/**
 * A read of a contract, or a transaction tried without sending it.
 *
 * @param data selector and arguments as 0x hex
 * @param from the sender that the contract sees; absent where it does not matter
 */
public record Call(Address to, String data, Optional<Address> from, Wei value, Optional<Gas> gas) {

    public static Call of(Address to, String data) {
        return new Call(to, data, Optional.empty(), Wei.ZERO, Optional.empty());
    }

    public Call from(Address sender) {
        return new Call(to, data, Optional.of(sender), value, gas);
    }

    public Call withValue(Wei amount) {
        return new Call(to, data, from, amount, gas);
    }

    public Call withGas(Gas limit) {
        return new Call(to, data, from, value, Optional.of(limit));
    }

    Map<String, Object> parameter() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("to", to.hex());
        // "input" is the standard's newer word; every node still reads "data", and some older ones only that.
        fields.put("data", data);
        from.ifPresent(sender -> fields.put("from", sender.hex()));
        gas.ifPresent(limit -> fields.put("gas", "0x" + Long.toHexString(limit.units())));
        if (!value.isZero()) {
            fields.put("value", "0x" + value.raw().toString(16));
        }
        return fields;
    }
}
