package plimsoll.devnet.relay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A bundle as a relay holds it.
 *
 * @param identity the address that signed for it
 * @param name its replacement uuid, or a number of the relay's where it has none
 * @param target the only block that may hold it
 * @param transactions the signed bytes as 0x hex
 * @param mayRevert hashes of those that may fail in a block
 */
public record HeldBundle(String identity, String name, long target, List<String> transactions, List<String> mayRevert) {

    public HeldBundle {
        transactions = List.copyOf(transactions);
        mayRevert = List.copyOf(mayRevert);
    }

    static HeldBundle read(JsonNode fields, String identity, String number) {
        return new HeldBundle(
                identity,
                fields.path("replacementUuid").asText(number),
                Long.decode(fields.path("blockNumber").asText()),
                texts(fields.path("txs")),
                texts(fields.path("revertingTxHashes")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
