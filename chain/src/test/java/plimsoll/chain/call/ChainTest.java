package plimsoll.chain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChainTest {

    private static final Address ACCOUNT = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final BlockHash BLOCK = new BlockHash("0x" + "1".repeat(64));

    @Test
    void refusesAnotherChainAndNamesBoth() {
        RpcException failure = catchThrowableOfType(
                RpcException.class, () -> new Chain(new SimulatedNode(1)).verifyChainId(new ChainId(31337)));

        assertThat(failure).hasMessage("Node serves another chain: found=1 expected=31337 node=simulated:1");
    }

    @Test
    void pinsAReadToACanonicalBlock() {
        assertThat(BlockAt.hash(BLOCK).parameter())
                .isEqualTo(Map.of("blockHash", BLOCK.hex(), "requireCanonical", true));
        assertThat(BlockAt.number(255).parameter()).isEqualTo("0xff");
        assertThat(BlockTag.FINALIZED.parameter()).isEqualTo("finalized");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16",
                "\"16\"",
                "\"0x\"",
                "\"0xzz\"",
                "\"-0x1\"",
                "null",
                "{}",
                "[]",
                "true",
                "\"0x1 \"",
                "\"0x10000000000000000000000000000000000000000000000000000000000000000\""
            })
    void distrustsWhatIsNoQuantity(String json) {
        assertCorrupt(() -> chain(json).balance(ACCOUNT, BlockTag.LATEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0x123\"", "\"1234\"", "null", "7", "\"0xgg\""})
    void distrustsWhatAreNoBytes(String json) {
        assertCorrupt(() -> chain(json).call(ACCOUNT, "0x", BlockTag.LATEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"0x1\"", "{\"number\":\"0x1\"}", "{\"number\":\"0x1\",\"hash\":\"0x12\"}"})
    void distrustsWhatIsNoBlock(String json) {
        assertCorrupt(() -> chain(json).head());
    }

    @Test
    void distrustsTheBlockThatWasNotAskedFor() {
        SimulatedNode node = new SimulatedNode(1);
        node.mine();
        String genesis = node.call("eth_getBlockByNumber", "0x0", false).toString();

        assertCorrupt(() -> chain(genesis).header(BlockAt.number(1)));
        assertCorrupt(() -> chain(genesis).header(BlockAt.hash(BLOCK)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[{}]", "[1]"})
    void distrustsWhatAreNoLogs(String json) {
        assertCorrupt(() -> chain(json).logs(LogQuery.of(List.of()), new BlockNumber(1), new BlockNumber(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"blockHash\":\"0x12\",\"status\":\"0x5\"}", "7"})
    void distrustsWhatIsNoReceipt(String json) {
        assertCorrupt(() -> chain(json).receipt(new TxHash("0x" + "2".repeat(64))));
    }

    @Test
    void hasNoReceiptForWhatNoBlockHolds() {
        assertThat(chain("null").receipt(new TxHash("0x" + "2".repeat(64)))).isEmpty();
    }

    private static void assertCorrupt(Runnable read) {
        RpcException failure = catchThrowableOfType(RpcException.class, read::run);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
    }

    private static Chain chain(String json) {
        JsonNode answer = JsonMapper.builder().build().readTree(json);
        return new Chain(new JsonRpc() {
            @Override
            public JsonNode call(RpcRequest request) {
                return answer;
            }

            @Override
            public List<RpcAnswer> callAll(List<RpcRequest> requests) {
                return requests.stream()
                        .<RpcAnswer>map(_ -> new RpcAnswer.Result(answer))
                        .toList();
            }

            @Override
            public String endpoint() {
                return "fake";
            }
        });
    }
}
