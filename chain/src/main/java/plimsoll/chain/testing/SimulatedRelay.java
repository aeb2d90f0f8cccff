package plimsoll.chain.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import plimsoll.chain.relay.Bundle;
import plimsoll.chain.relay.Relay;
import plimsoll.chain.rpc.RpcException;

/** A relay in memory, with the builder behind it: bundles of one name replace each other and wait for their block. */
public final class SimulatedRelay implements Relay {

    private final String name;
    private final Map<UUID, Bundle> held = new LinkedHashMap<>();
    private Optional<RpcException> failure = Optional.empty();
    private int asked;

    public SimulatedRelay(String name) {
        this.name = name;
    }

    /** Answers everything with this from now on. */
    public synchronized void fails(RpcException with) {
        failure = Optional.of(with);
    }

    public synchronized void recovers() {
        failure = Optional.empty();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized Optional<String> send(Bundle bundle) {
        answer();
        held.put(bundle.replacement().orElseGet(UUID::randomUUID), bundle);
        return Optional.empty();
    }

    @Override
    public synchronized void cancel(UUID replacement) {
        answer();
        held.remove(replacement);
    }

    private void answer() {
        asked++;
        failure.ifPresent(e -> {
            throw e;
        });
    }

    /** How many requests it has had. */
    public synchronized int asked() {
        return asked;
    }

    /** What it holds, oldest name first. */
    public synchronized List<Bundle> held() {
        return List.copyOf(held.values());
    }

    /** Builds the node's next block: each bundle for it whose transactions all go through, the longest first. */
    public synchronized void mineOn(SimulatedNode node) {
        long target = node.height() + 1;
        List<Bundle> candidates = new ArrayList<>(held.values());
        candidates.removeIf(bundle -> bundle.target().value() != target);
        candidates.sort((a, b) -> b.transactions().size() - a.transactions().size());
        candidates.forEach(bundle -> include(bundle, node));
        node.mine();
    }

    private static void include(Bundle bundle, SimulatedNode node) {
        try {
            bundle.transactions().forEach(bytes -> node.call("eth_sendRawTransaction", bytes));
        } catch (RpcException e) {
            // A nonce of it is in the block already, by a longer bundle.
        }
    }
}
