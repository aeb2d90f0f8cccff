package plimsoll.chain.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.Forerunners;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;

/** The open intents of one lane, in the order of their nonces. */
final class Shipments {

    private final TreeMap<Nonce, Shipment> byNonce = new TreeMap<>();

    /** The intent's way, begun at {@code head} if it is new. */
    Shipment put(StoredIntent intent, BlockNumber head) {
        Shipment shipment = byNonce.computeIfAbsent(intent.nonce(), _ -> new Shipment(intent, head));
        shipment.renew(intent);
        return shipment;
    }

    Optional<Shipment> find(Nonce nonce) {
        return Optional.ofNullable(byNonce.get(nonce));
    }

    Optional<Shipment> remove(Nonce nonce) {
        return Optional.ofNullable(byNonce.remove(nonce));
    }

    /** Nonces below {@code used} are on the chain; should a reorg bring one back, its way begins anew. */
    void forget(Nonce used) {
        byNonce.headMap(used, false).clear();
    }

    /**
     * Makes the bundles that carry a shipment into each block of the window. Nonces below {@code used} are on the chain; the
     * open ones from there on come first, for without them this one cannot run. Others' pending transactions stand directly before
     * the first of ours that answers them. An intent's deadline is the bundle's latest time.
     */
    void pack(Shipment shipment, Nonce used, BlockNumber head, Forerunners fates, RelaySettings settings) {
        Nonce nonce = shipment.intent().nonce();
        if (nonce.compareTo(used) < 0) {
            shipment.pack(List.of(), List.of(), List.of());
            return;
        }
        // What only uses the nonce up has to work after the deadline, and because of it.
        Optional<Instant> latest = shipment.attempt().cancels()
                ? Optional.empty()
                : shipment.intent().intent().deadline();
        List<Attempt> attempts = new ArrayList<>();
        Set<Forerunner> others = new LinkedHashSet<>();
        List<String> bytes = new ArrayList<>();
        for (Shipment earlier : byNonce.subMap(used, true, nonce, true).values()) {
            Forerunners.of(earlier.intent())
                    .filter(it -> fates.fate(it) == Forerunners.Fate.PENDING && others.add(it))
                    .ifPresent(it -> bytes.add(it.bytes()));
            attempts.add(earlier.attempt());
            bytes.add(earlier.attempt().bytes());
        }
        List<Bundle> bundles = new ArrayList<>();
        for (int i = 1; i <= settings.window(); i++) {
            BlockNumber target = head.plus(i);
            Bundle bundle = Bundle.of(bytes, target)
                    .withTimes(Optional.empty(), latest)
                    .withReplacement(BundleName.of(shipment.intent().lane(), nonce, target));
            bundles.add(
                    settings.mayRevert()
                            ? bundle.withMayRevert(
                                    attempts.stream().map(Attempt::hash).toList())
                            : bundle);
        }
        shipment.pack(
                bundles, List.copyOf(byNonce.subMap(used, true, nonce, false).keySet()), List.copyOf(others));
    }
}
