package plimsoll.keeper.watch;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import plimsoll.abi.LiquidationTargets;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.PendingTransaction;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * Liquidations by others that wait in the pool. Whoever's account they name is left to them for one block: of two at once one reverts,
 * and costs its gas. If that block does not bring it about, we go ahead, whatever else is pending by then; so nobody can keep us away
 * from an account with transactions that are never mined.
 */
public final class Competitors {

    /** An account for which we have waited is not waited for again within so many blocks. */
    private static final long PATIENCE_RETURNS_AFTER = 50;

    private static final int REMEMBERED = 4_096;

    private final Chain chain;
    private final SequencedMap<Address, PendingTransaction> heard = new LinkedHashMap<>();
    private final Map<Address, BlockNumber> waitedIn = new HashMap<>();

    public Competitors(Chain chain) {
        this.chain = chain;
    }

    /** A transaction has entered the pool. Any thread may tell. */
    void hear(PendingTransaction transaction) {
        Set<Address> accounts = LiquidationTargets.of(transaction.data());
        if (accounts.isEmpty()) {
            return;
        }
        synchronized (heard) {
            for (Address account : accounts) {
                heard.putLast(account, transaction);
                if (heard.size() > REMEMBERED) {
                    heard.pollFirstEntry();
                }
            }
        }
    }

    /** Those of these accounts that are left to somebody else in this block, and the transaction of his that waits. */
    public Map<Address, TxHash> of(Collection<Address> accounts, Optional<Address> self, BlockHeader block) {
        Map<Address, TxHash> waits = new HashMap<>();
        for (Address account : accounts) {
            Optional<PendingTransaction> other;
            synchronized (heard) {
                other = Optional.ofNullable(heard.get(account));
            }
            other.filter(it -> self.filter(it.from()::equals).isEmpty())
                    .filter(_ -> mayWait(account, block.number()))
                    .filter(it -> isStillPending(account, it, block))
                    .ifPresent(it -> {
                        waitedIn.put(account, block.number());
                        waits.put(account, it.hash());
                    });
        }
        return waits;
    }

    private boolean mayWait(Address account, BlockNumber block) {
        BlockNumber last = waitedIn.get(account);
        return last == null
                || block.equals(last)
                || block.compareTo(last) < 0
                || block.value() - last.value() > PATIENCE_RETURNS_AFTER;
    }

    /** Where the node does not answer the transaction may well be pending. */
    private boolean isStillPending(Address account, PendingTransaction other, BlockHeader block) {
        try {
            if (chain.transactionCount(other.from(), block.at()).compareTo(other.nonce()) <= 0) {
                return true;
            }
        } catch (RpcException e) {
            return true;
        }
        synchronized (heard) {
            heard.remove(account, other);
        }
        return false;
    }
}
