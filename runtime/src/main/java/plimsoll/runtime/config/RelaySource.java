package plimsoll.runtime.config;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.KeyException;
import plimsoll.chain.key.MessageSigner;
import plimsoll.chain.relay.RelayBroadcast;
import plimsoll.chain.relay.RelayClient;
import plimsoll.chain.relay.RelayEvents;
import plimsoll.chain.relay.RelayPolicy;
import plimsoll.chain.relay.RelaySettings;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.chain.tx.Broadcast;
import plimsoll.chain.tx.NodeBroadcast;
import plimsoll.runtime.cli.CommandFailure;

/**
 * The private relays that transactions go through.
 *
 * @param urls by name; may hold credentials and are never shown
 * @param identity the file with the key under which relays know us; a new one for this process where there is none
 * @param window how many of the next blocks are aimed at
 * @param publicAfter how many blocks a transaction waits before it goes public; it never does where this is absent
 */
public record RelaySource(
        Map<String, String> urls, Optional<Path> identity, int window, Optional<Integer> publicAfter) {

    private static final String PREFIX = "plimsoll.chain.relay.";
    private static final Pattern POLICY = Pattern.compile("private-only|public-after-([1-9][0-9]{0,3})");

    public RelaySource {
        urls = Map.copyOf(urls);
    }

    /** What the keys say; absent where no relay is named. */
    static Optional<RelaySource> of(ServiceConfig.ChainConfig config) {
        ServiceConfig.ChainConfig.RelayConfig relay = config.relay();
        Matcher policy = POLICY.matcher(relay.policy());
        if (!policy.matches()) {
            throw CommandFailure.configuration(
                    PREFIX + "policy is neither private-only nor public-after-BLOCKS: found=" + relay.policy(),
                    PREFIX + "policy");
        }
        if (relay.window() < 1 || relay.window() > 25) {
            throw CommandFailure.configuration(
                    PREFIX + "window is not between 1 and 25 blocks: found=" + relay.window(), PREFIX + "window");
        }
        Map<String, String> urls = new TreeMap<>();
        config.relays()
                .forEach((name, it) -> urls.put(
                        name,
                        ChainSettings.requireUrl(it.url(), "plimsoll.chain.relays." + name + ".url", "http", "https")));
        return urls.isEmpty()
                ? Optional.empty()
                : Optional.of(new RelaySource(
                        urls,
                        relay.reputationKeyFile(),
                        relay.window(),
                        Optional.ofNullable(policy.group(1)).map(Integer::valueOf)));
    }

    /** A way for signed bytes, with what has to be closed after it. */
    public record Way(Broadcast broadcast, List<Runnable> closings) implements AutoCloseable {
        public Way {
            closings = List.copyOf(closings);
        }

        @Override
        public void close() {
            closings.forEach(Runnable::run);
        }
    }

    /** The public pool of the chain's nodes. */
    static Way inPublic(Chain chain) {
        return new Way(new NodeBroadcast(chain.rpc()), List.of());
    }

    /** @throws CommandFailure where the identity's key cannot be had */
    Way open(Chain chain, RelayEvents events, InstantSource clock) {
        MessageSigner us = openIdentity(identity);
        List<RelayClient> relays = new ArrayList<>();
        new TreeMap<>(urls).values().forEach(url -> relays.add(new RelayClient(RpcSettings.of(url), us)));
        RelayPolicy policy = publicAfter
                .<RelayPolicy>map(blocks -> new RelayPolicy.PublicAfter(blocks, new NodeBroadcast(chain.rpc())))
                .orElseGet(RelayPolicy.PrivateOnly::new);
        RelaySettings settings = RelaySettings.of(policy).withWindow(window);
        return new Way(
                new RelayBroadcast(chain, relays, settings, events, clock),
                relays.stream().<Runnable>map(relay -> relay::close).toList());
    }

    static MessageSigner openIdentity(Optional<Path> identity) {
        try {
            return identity.map(MessageSigner::fromKeyFile).orElseGet(MessageSigner::random);
        } catch (KeyException e) {
            throw CommandFailure.configuration(String.valueOf(e.getMessage()), PREFIX + "reputation-key-file");
        }
    }

    @Override
    public String toString() {
        return "RelaySource[" + new TreeMap<>(urls).keySet() + "]";
    }
}
