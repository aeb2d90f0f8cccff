package plimsoll.chain.testing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A remote signer in memory, as web3signer behaves: it knows its own chain id, holds one account, and signs what it is asked.
 * It can be told to lie.
 */
public final class SimulatedSigner implements JsonRpc {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final ChainId chain;
    private final Address account;
    private Signer key;
    private UnaryOperator<UnsignedTransaction> change = UnaryOperator.identity();
    private Function<String, Object> dress = raw -> raw;
    private Optional<RpcException> failure = Optional.empty();

    public SimulatedSigner(ChainId chain, Signer key) {
        this.chain = chain;
        this.key = key;
        this.account = key.address();
    }

    /** Signs something else than what is asked. */
    public SimulatedSigner changing(UnaryOperator<UnsignedTransaction> to) {
        change = to;
        return this;
    }

    /** Signs with another key than the one it lists. */
    public SimulatedSigner signingWith(Signer other) {
        key = other;
        return this;
    }

    /** Answers what {@code as} makes of the raw transaction's 0x hex. */
    public SimulatedSigner answering(Function<String, Object> as) {
        dress = as;
        return this;
    }

    /** Answers every request with this. */
    public SimulatedSigner failing(RpcException with) {
        failure = Optional.of(with);
        return this;
    }

    @Override
    public String endpoint() {
        return "simulated signer";
    }

    @Override
    public List<RpcAnswer> callAll(List<RpcRequest> requests) {
        List<RpcAnswer> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(new RpcAnswer.Result(call(request))));
        return answers;
    }

    @Override
    public JsonNode call(RpcRequest request) {
        failure.ifPresent(e -> {
            throw e;
        });
        return switch (request.method()) {
            case "eth_accounts" -> JSON.valueToTree(List.of(account.hex()));
            case "eth_signTransaction" ->
                JSON.valueToTree(dress.apply(
                        key.sign(change.apply(asked((Map<?, ?>) request.params().getFirst())))
                                .bytes()));
            default -> throw new RpcException(Kind.REJECTED, -32601, "Node refused: no such method", Optional.empty());
        };
    }

    private UnsignedTransaction asked(Map<?, ?> fields) {
        if (!account.hex().equals(fields.get("from"))) {
            throw new RpcException(
                    Kind.REJECTED, -32000, "Node refused: No unlocked account matches the Sender", Optional.empty());
        }
        return new UnsignedTransaction(
                chain,
                new Nonce(number(fields, "nonce").longValueExact()),
                GasPrice.ofRaw(number(fields, "maxPriorityFeePerGas")),
                GasPrice.ofRaw(number(fields, "maxFeePerGas")),
                new Gas(number(fields, "gas").longValueExact()),
                new Address(String.valueOf(fields.get("to"))),
                Wei.ofRaw(number(fields, "value")),
                String.valueOf(fields.get("data")));
    }

    private static BigInteger number(Map<?, ?> fields, String name) {
        return new BigInteger(String.valueOf(fields.get(name)).substring(2), 16);
    }
}
