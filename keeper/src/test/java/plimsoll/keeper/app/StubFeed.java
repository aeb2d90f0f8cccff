package plimsoll.keeper.app;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.abi.Aggregator;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.OffchainAggregator;
import plimsoll.devnet.Devnet;
import plimsoll.units.Address;

/** A feed of a few instructions, put in the place of a real one, that answers whatever a test wants it to. */
final class StubFeed {

    private static final String TIMESTAMP = "42";

    private final Map<ContractFunction, List<String>> answers = new LinkedHashMap<>();

    /** A round that was made just now. */
    static StubFeed answering(long answer) {
        StubFeed feed = new StubFeed();
        String word = push(answer);
        feed.answers.put(Aggregator.LATEST_ROUND_DATA, List.of(push(1), word, TIMESTAMP, TIMESTAMP, push(1)));
        feed.answers.put(Aggregator.LATEST_ANSWER, List.of(word));
        feed.answers.put(Aggregator.DECIMALS, List.of(push(8)));
        return feed;
    }

    /** A round that began then. */
    StubFeed since(long epochSecond) {
        List<String> round = answers.getOrDefault(Aggregator.LATEST_ROUND_DATA, List.of());
        answers.put(
                Aggregator.LATEST_ROUND_DATA,
                List.of(round.get(0), round.get(1), push(epochSecond), TIMESTAMP, round.get(4)));
        return this;
    }

    StubFeed between(long least, long most) {
        answers.put(OffchainAggregator.MIN_ANSWER, List.of(push(least)));
        answers.put(OffchainAggregator.MAX_ANSWER, List.of(push(most)));
        return this;
    }

    void placeAt(Devnet devnet, Address address) {
        devnet.rpc().call("anvil_setCode", address.hex(), code());
        devnet.mine(1);
    }

    /** Compares the selector with each function's, and returns the words of the one that fits. */
    private String code() {
        StringBuilder jumps = new StringBuilder("60003560e01c");
        StringBuilder bodies = new StringBuilder();
        int first = 6 + 11 * answers.size() + 4;
        for (Map.Entry<ContractFunction, List<String>> answer : answers.entrySet()) {
            int place = first + bodies.length() / 2;
            String selector = answer.getKey().encode().substring(2, 10);
            jumps.append("8063").append(selector).append("14").append(String.format("61%04x57", place));
            bodies.append("5b");
            for (int i = 0; i < answer.getValue().size(); i++) {
                bodies.append(answer.getValue().get(i)).append(String.format("60%02x52", 32 * i));
            }
            bodies.append(String.format("60%02x6000f3", 32 * answer.getValue().size()));
        }
        return "0x" + jumps + "5f5ffd00" + bodies;
    }

    private static String push(long value) {
        return "7f" + String.format("%064x", BigInteger.valueOf(value));
    }
}
