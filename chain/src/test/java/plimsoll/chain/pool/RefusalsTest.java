package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;

class RefusalsTest {

    /** The words and the code are those of ganache 7.9.2. */
    @Test
    void takesGanachesRefusalOfABlockHashForOne() {
        RpcException refusal = new RpcException(
                Kind.REJECTED,
                -32_700,
                "Node refused: Cannot wrap a \"object\" as a json-rpc type (code -32700)",
                Optional.empty());

        assertThat(Refusals.mayMissHashParameters(refusal)).isTrue();
    }
}
