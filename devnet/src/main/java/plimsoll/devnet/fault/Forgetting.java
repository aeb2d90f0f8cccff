package plimsoll.devnet.fault;

import java.util.Optional;
import org.web3j.crypto.Hash;
import tools.jackson.databind.node.ObjectNode;

/** A node that takes transactions and throws them away. */
final class Forgetting implements Lie {

    private final Faults faults;

    Forgetting(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Optional<ObjectNode> before(Question question) {
        String raw = Json.string(question.param(0));
        if (!question.method().equals("eth_sendRawTransaction")
                || !raw.startsWith("0x")
                || !faults.strikes(Fault.FORGETS)) {
            return Optional.empty();
        }
        return Optional.of(Json.result(question.id(), Json.text(Hash.sha3(raw))));
    }
}
