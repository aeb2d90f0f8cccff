package plimsoll.keeper.execute;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.web3j.crypto.Hash;
import plimsoll.abi.Executor;
import plimsoll.units.Address;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The executor's code as this build compiled it.
 *
 * @param creation what a deployment sends, 0x and hex
 * @param runtime what then stays on chain
 */
public record ExecutorCode(String creation, String runtime) {

    /**
     * The contract that almost every chain has at this address; it creates what it is sent by CREATE2, so that an executor's address
     * follows from its code and its first roles, and a deployment that is repeated finds the first.
     */
    public static final Address USUAL_FACTORY = new Address("0x4e59b44847b379578588920ca78fbf26c0b4956c");

    private static final String SALT = "0x" + "00".repeat(32);

    /** Absent where this build was made on a machine without node. */
    public static Optional<ExecutorCode> ours() {
        try (InputStream stream = ExecutorCode.class.getResourceAsStream("Executor.json")) {
            if (stream == null) {
                return Optional.empty();
            }
            JsonNode file = new JsonMapper().readTree(stream.readAllBytes());
            return Optional.of(new ExecutorCode(
                    file.get("bytecode").stringValue(), file.get("runtime").stringValue()));
        } catch (IOException e) {
            throw new UncheckedIOException("Executor's code cannot be read from this build", e);
        }
    }

    /** Who has which role in a new executor. */
    public record Roles(Address owner, Address treasury, List<Address> operators) {
        public Roles {
            operators = List.copyOf(operators);
        }
    }

    /** What the factory is sent. */
    public String deployment(Roles roles) {
        return SALT + creationFor(roles).substring(2);
    }

    /** Where the factory then puts it: the last 20 bytes of keccak(0xff, factory, salt, keccak(creation code)). */
    public Address addressFor(Address factory, Roles roles) {
        String digest = Hash.sha3("0xff" + factory.hex().substring(2) + SALT.substring(2)
                + Hash.sha3(creationFor(roles)).substring(2));
        return new Address("0x" + digest.substring(26));
    }

    public boolean isAt(String codeOnChain) {
        return runtime.equalsIgnoreCase(codeOnChain);
    }

    private String creationFor(Roles roles) {
        return creation
                + Executor.CONSTRUCTOR
                        .encode(roles.owner(), roles.treasury(), roles.operators())
                        .substring(2);
    }
}
