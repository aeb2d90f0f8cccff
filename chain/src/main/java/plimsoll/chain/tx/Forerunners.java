package plimsoll.chain.tx;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;

/** What has become of forerunners by one head; each is asked for once. */
public final class Forerunners {

    private final Chain chain;
    private final BlockHeader head;
    private final Map<Forerunner, Fate> fates = new HashMap<>();

    /** What a chain says of a forerunner. */
    public enum Fate {
        /** It may still happen, and what stands behind it may not be shown to anyone but relays. */
        PENDING,
        /** A block holds it: what stood behind it is a transaction like others. */
        MINED,
        /** Another transaction has its nonce: it will never happen, and neither shall what stood behind it. */
        LOST
    }

    public Forerunners(Chain chain, BlockHeader head) {
        this.chain = chain;
        this.head = head;
    }

    /** The forerunner that an intent's newest attempt must not come without; an attempt that does nothing needs none. */
    public static Optional<Forerunner> of(StoredIntent intent) {
        boolean acts =
                intent.attempts().isEmpty() || !intent.attempts().getLast().cancels();
        return intent.intent().forerunner().filter(_ -> acts);
    }

    public Fate fate(Forerunner forerunner) {
        return fates.computeIfAbsent(forerunner, this::ask);
    }

    /** Whether the intent must not be public at this head. */
    public boolean keepSecret(StoredIntent intent) {
        return of(intent).filter(it -> fate(it) != Fate.MINED).isPresent();
    }

    /** What to answer for an intent that can have no bytes sent; empty where it can. */
    public Optional<RpcAnswer> lost(StoredIntent intent) {
        return of(intent)
                .filter(it -> fate(it) == Fate.LOST)
                .map(it -> new RpcAnswer.Failure(
                        new RpcException(Kind.REJECTED, SendAnswer.FORERUNNER_LOST + ": forerunner=" + it.hash())));
    }

    /** The nonce is read at the head first: a receipt that is missing after that is missing for good. */
    private Fate ask(Forerunner forerunner) {
        if (chain.transactionCount(forerunner.sender(), head.at()).compareTo(forerunner.nonce()) <= 0) {
            return Fate.PENDING;
        }
        return chain.receipt(forerunner.hash()).isPresent() ? Fate.MINED : Fate.LOST;
    }
}
