package plimsoll.devnet;

import java.util.HashMap;
import java.util.Map;
import plimsoll.abi.AbiTuple;
import plimsoll.devnet.artefact.Artefact;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;

/** Puts contracts on the chain in the name of one account, libraries linked. */
public final class Deployer {

    private final Node node;
    private final Artefacts artefacts;
    private final Address owner;
    private final Map<String, String> libraries = new HashMap<>();

    Deployer(Node node, Artefacts artefacts, Address owner) {
        this.node = node;
        this.artefacts = artefacts;
        this.owner = owner;
    }

    /** The account that deploys, and owns what it deploys. */
    public Address owner() {
        return owner;
    }

    Node node() {
        return node;
    }

    public Address create(String contract) {
        return node.create(owner, code(contract));
    }

    /**
     * A contract with constructor arguments.
     *
     * @param types the constructor's types in parentheses, such as {@code (address,uint8)}
     */
    public Address create(String contract, String types, Object... arguments) {
        String encoded = AbiTuple.of(types).encode(arguments);
        return node.create(owner, code(contract) + encoded.substring(2));
    }

    /** Creates a library that later contracts are linked with. */
    public void createLibrary(String name) {
        libraries.put(name, create(name).hex());
    }

    public void send(Address contract, String data) {
        node.send(owner, contract, data);
    }

    private String code(String contract) {
        Artefact artefact = artefacts.contract(contract);
        return artefact.linkedWith(libraries);
    }
}
