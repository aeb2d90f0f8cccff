package plimsoll.devnet.fault;

import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One way of telling a client what is not so. It sees each request before the node does and each answer before the client. */
interface Lie {

    /** An answer in the node's place, or absent after the question was perhaps changed. */
    default Optional<ObjectNode> before(Question question) throws IOException {
        return Optional.empty();
    }

    /** The answer that the client gets. */
    default ObjectNode after(Question question, ObjectNode answer) throws IOException {
        return answer;
    }
}
