package plimsoll.chain.tx;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;

/** Reads from the chain what has become of open intents. Decides states, writes none. */
final class Settlement {

    private final Chain chain;
    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final Address signer;
    private final Set<Long> contradicted = new HashSet<>();
    private final Map<Long, Instant> missingSince = new HashMap<>();

    Settlement(Chain chain, LaneSettings settings, InstantSource clock, LaneEvents events, Address signer) {
        this.chain = chain;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.signer = signer;
    }

    /** The intents whose state is another at {@code head}, with that state. {@code count} nonces are used there. */
    List<StoredIntent> settle(Collection<StoredIntent> open, BlockHeader head, Nonce count) {
        List<StoredIntent> asked = open.stream()
                .filter(intent -> intent.state().standing().isPresent()
                        || (intent.nonce().compareTo(count) < 0
                                && !intent.attempts().isEmpty()))
                .toList();
        List<TxHash> hashes = asked.stream()
                .flatMap(intent -> intent.attempts().stream().map(Attempt::hash))
                .toList();
        if (hashes.isEmpty()) {
            return List.of();
        }
        Map<TxHash, Receipt> receipts = new HashMap<>();
        chain.receipts(hashes).forEach(found -> found.ifPresent(receipt -> receipts.put(receipt.txHash(), receipt)));
        Map<BlockNumber, Optional<BlockHash>> canonical = new HashMap<>();
        List<StoredIntent> changed = new ArrayList<>();
        for (StoredIntent intent : asked) {
            Optional<Receipt> standing = intent.attempts().stream()
                    .map(Attempt::hash)
                    .filter(receipts::containsKey)
                    .map(receipts::get)
                    .filter(receipt -> isCanonical(receipt, head, canonical))
                    .findFirst();
            if (standing.isPresent() && intent.nonce().compareTo(count) >= 0) {
                contradiction(intent, standing.get(), head, count);
                continue;
            }
            contradicted.remove(intent.id());
            IntentState state =
                    standing.map(receipt -> mined(intent, receipt, head)).orElseGet(() -> unmined(intent, head, count));
            if (!state.equals(intent.state())) {
                changed.add(intent.with(state));
            }
        }
        return changed;
    }

    /** A receipt counts only if the chain's block of that height is the receipt's: some nodes keep receipts of lost blocks. */
    private boolean isCanonical(Receipt receipt, BlockHeader head, Map<BlockNumber, Optional<BlockHash>> canonical) {
        if (receipt.blockHash().equals(head.hash())) {
            return true;
        }
        return canonical
                .computeIfAbsent(
                        receipt.blockNumber(),
                        number -> chain.findHeader(BlockAt.number(number)).map(BlockHeader::hash))
                .filter(receipt.blockHash()::equals)
                .isPresent();
    }

    /** A block of this chain cannot hold a transaction whose nonce the account has not used: one of the answers is false. */
    private void contradiction(StoredIntent intent, Receipt receipt, BlockHeader head, Nonce count) {
        if (contradicted.add(intent.id())) {
            events.contradicted(
                    intent,
                    "receiptBlock=" + receipt.blockNumber() + " head=" + head.number() + " transactionCount=" + count);
        }
    }

    private IntentState mined(StoredIntent intent, Receipt receipt, BlockHeader head) {
        missingSince.remove(intent.id());
        Inclusion inclusion = new Inclusion(
                receipt.txHash(),
                receipt.blockNumber(),
                receipt.blockHash(),
                receipt.succeeded(),
                receipt.gasUsed(),
                receipt.effectiveGasPrice());
        long depth = head.number().value() - receipt.blockNumber().value() + 1;
        if (depth < settings.confirmations()) {
            return new IntentState.Mined(inclusion);
        }
        for (Attempt attempt : intent.attempts()) {
            if (attempt.hash().equals(receipt.txHash())) {
                switch (attempt.purpose()) {
                    case Attempt.Purpose.Act _ -> {}
                    case Attempt.Purpose.Drop(String why) -> {
                        return new IntentState.Dropped(inclusion, why);
                    }
                    case Attempt.Purpose.Yield(String why) -> {
                        return new IntentState.Dropped(inclusion, why);
                    }
                }
            }
        }
        return receipt.succeeded()
                ? new IntentState.Final(inclusion)
                : new IntentState.Reverted(inclusion, revertReason(intent, receipt));
    }

    private IntentState unmined(StoredIntent intent, BlockHeader head, Nonce count) {
        if (intent.nonce().compareTo(count) >= 0) {
            return waiting(intent); // a reorg took its block away
        }
        // The nonce is used and none of our attempts is to be seen. Nodes can be slow to show receipts, so this must
        // last.
        Instant now = clock.instant();
        Instant since = missingSince.computeIfAbsent(intent.id(), _ -> now);
        long deep = Math.max(0, head.number().value() - settings.confirmations() + 1);
        boolean lasts = !since.plus(settings.bumpAfter()).isAfter(now);
        if (lasts && chain.transactionCount(signer, BlockAt.number(deep)).compareTo(intent.nonce()) > 0) {
            missingSince.remove(intent.id());
            return new IntentState.Replaced("nonce " + intent.nonce() + " was used by a transaction that is not ours");
        }
        return intent.state().standing().isPresent() ? waiting(intent) : intent.state();
    }

    private static IntentState waiting(StoredIntent intent) {
        return new IntentState.Signed(intent.attempts().getLast().hash());
    }

    /** Runs the call again on the state before its block; what it meets there is usually what the transaction met. */
    private String revertReason(StoredIntent intent, Receipt receipt) {
        TransactionIntent wanted = intent.intent();
        Call call = Call.of(wanted.to(), wanted.data())
                .from(signer)
                .withValue(wanted.value())
                .withGas(wanted.gasLimit());
        try {
            chain.call(call, BlockAt.number(Math.max(0, receipt.blockNumber().value() - 1)));
            return receipt.gasUsed().compareTo(wanted.gasLimit()) >= 0
                    ? "out of gas: used all of " + wanted.gasLimit()
                    : "not repeatable on the block before";
        } catch (RpcException e) {
            return e.isRevert()
                    ? RevertReason.decode(e.data().orElse("")).describe()
                    : "unknown, the node could not repeat the call";
        }
    }
}
