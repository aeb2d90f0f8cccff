package plimsoll.devnet.venus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import plimsoll.abi.AbiTuple;
import plimsoll.abi.ContractFunction;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;

/** Puts Venus' shipped contracts on the chain in the name of one account. */
final class VenusContracts {

    private static final int ADD = 0;
    private static final ContractFunction DIAMOND_CUT = ContractFunction.of(
            "diamondCut((address facetAddress, uint8 action, bytes4[] functionSelectors)[] diamondCut)");

    private final Devnet devnet;
    private final Artefacts artefacts;
    private final Address owner;

    VenusContracts(Devnet devnet, Artefacts artefacts, Address owner) {
        this.devnet = devnet;
        this.artefacts = artefacts;
        this.owner = owner;
    }

    Address create(String contract) {
        return devnet.create(owner, artefacts.contract(contract).bytecode());
    }

    /** @param types the constructor's types in parentheses */
    Address create(String contract, String types, Object... arguments) {
        String encoded = AbiTuple.of(types).encode(arguments);
        return devnet.create(owner, artefacts.contract(contract).bytecode() + encoded.substring(2));
    }

    /** Behind a proxy, which calls {@code initializer} first. */
    Address createBehindProxy(Address implementation, String initializer) {
        return create("ERC1967Proxy", "(address,bytes)", implementation, initializer);
    }

    void send(Address contract, String data) {
        devnet.send(owner, contract, data);
    }

    /** Gives the diamond what these facets can do; a function of several goes to the first. */
    void cut(Address diamond, List<String> facets) {
        Set<String> taken = new HashSet<>();
        List<Object> cuts = new ArrayList<>();
        for (String facet : facets) {
            List<String> selectors = StreamSupport.stream(
                            artefacts.contract(facet).abi().spliterator(), false)
                    .filter(entry -> entry.get("type").textValue().equals("function"))
                    .map(VenusContracts::selector)
                    .filter(taken::add)
                    .toList();
            cuts.add(List.of(create(facet), ADD, selectors));
        }
        send(diamond, DIAMOND_CUT.encode(cuts));
    }

    private static String selector(JsonNode function) {
        return ContractFunction.of(function.get("name").textValue() + types(function.get("inputs")))
                .selector();
    }

    private static String types(JsonNode inputs) {
        return StreamSupport.stream(inputs.spliterator(), false)
                .map(input -> {
                    String type = input.get("type").textValue();
                    return type.startsWith("tuple") ? types(input.get("components")) + type.substring(5) : type;
                })
                .collect(Collectors.joining(",", "(", ")"));
    }
}
