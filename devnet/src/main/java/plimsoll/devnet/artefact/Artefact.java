package plimsoll.devnet.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One compiled contract.
 *
 * @param abi the contract's ABI as Solidity's JSON
 * @param bytecode creation code, 0x and hex; places for libraries are not filled yet
 * @param runtime the code that stays on chain, 0x and hex
 * @param linkReferences for each library the byte offsets in the creation code where its address belongs
 */
public record Artefact(
        String name, JsonNode abi, String bytecode, String runtime, Map<String, List<Integer>> linkReferences) {

    private static final int ADDRESS_DIGITS = 40;

    public Artefact {
        linkReferences = Map.copyOf(linkReferences);
    }

    /** The creation code with every library's place filled; {@code libraries} maps a library's name to its address. */
    public String linkedWith(Map<String, String> libraries) {
        StringBuilder code = new StringBuilder(bytecode);
        linkReferences.forEach((library, offsets) -> {
            String address = libraries.get(library);
            if (address == null) {
                throw new IllegalArgumentException(
                        "Library has no address yet: contract=" + name + " library=" + library);
            }
            for (int offset : offsets) {
                int start = 2 + 2 * offset;
                code.replace(start, start + ADDRESS_DIGITS, address.substring(2));
            }
        });
        return code.toString();
    }

    static Artefact read(String name, JsonNode file) {
        Map<String, List<Integer>> references = new HashMap<>();
        file.get("linkReferences")
                .forEachEntry((library, offsets) -> references.put(
                        library, offsets.valueStream().map(JsonNode::intValue).toList()));
        return new Artefact(
                name,
                file.get("abi"),
                file.get("bytecode").textValue(),
                file.get("runtime").textValue(),
                references);
    }
}
