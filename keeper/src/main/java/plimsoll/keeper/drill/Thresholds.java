package plimsoll.keeper.drill;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.web3j.crypto.Hash;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.StorageKey;
import plimsoll.chain.rpc.RpcException;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;

/**
 * Lowers the liquidation thresholds in a Pool's storage on a fork to one basis point, reserve by reserve and mode by mode, and LTVs to
 * nothing. One and not nought: with nought the pool takes nothing for collateral at all. Governance could not do this to a market in use,
 * and need not: where a Pool keeps its words is found by what it says about itself, so that another revision's layout is not guessed.
 */
final class Thresholds {

    /** The Pool's own variables stand somewhere here, behind those of what it inherits. */
    private static final int FIRST_SLOT = 0;

    private static final int LAST_SLOT = 120;
    private static final BigInteger SIXTEEN_BITS = BigInteger.valueOf(0xffff);
    private static final BigInteger LOWEST = BigInteger.ONE;

    private final Chain fork;
    private final Address pool;
    private final BlockAt at;

    Thresholds(Chain fork, Address pool, BlockAt at) {
        this.fork = fork;
        this.pool = pool;
        this.at = at;
    }

    /** A reserve: its configuration is the first word of what the Pool keeps of it. */
    void lower(Address asset, ReserveConfiguration configuration) {
        BigInteger word = configuration.raw();
        BigInteger slot =
                find(new BigInteger(asset.hex().substring(2), 16), found -> found.equals(word), "reserve=" + asset);
        write(slot, lowered(word));
    }

    /** A mode: LTV, threshold and bonus are the first 48 bits of what the Pool keeps of it. */
    void lower(AaveEModeCategory mode) {
        BigInteger limits = BigInteger.valueOf(mode.ltv().raw())
                .or(BigInteger.valueOf(mode.liquidationThreshold().raw()).shiftLeft(16))
                .or(BigInteger.valueOf(10_000L + mode.liquidationBonus().raw()).shiftLeft(32));
        BigInteger mask = BigInteger.ONE.shiftLeft(48).subtract(BigInteger.ONE);
        BigInteger slot =
                find(BigInteger.valueOf(mode.id()), found -> found.and(mask).equals(limits), "mode=" + mode.id());
        write(
                slot,
                lowered(fork.storage(List.of(new StorageKey(pool, slot)), at).getFirst()));
    }

    private static BigInteger lowered(BigInteger word) {
        return word.andNot(SIXTEEN_BITS).andNot(SIXTEEN_BITS.shiftLeft(16)).or(LOWEST.shiftLeft(16));
    }

    /** Whether a word is the one that is looked for. */
    private interface Wanted {
        boolean is(BigInteger word);
    }

    private BigInteger find(BigInteger key, Wanted wanted, String what) {
        List<BigInteger> slots = IntStream.rangeClosed(FIRST_SLOT, LAST_SLOT)
                .mapToObj(slot -> entry(key, slot))
                .toList();
        List<BigInteger> words = fork.storage(
                slots.stream().map(slot -> new StorageKey(pool, slot)).toList(), at);
        List<BigInteger> matching = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            if (wanted.is(words.get(i))) {
                matching.add(slots.get(i));
            }
        }
        if (matching.size() != 1) {
            throw new RpcException(
                    RpcException.Kind.REJECTED,
                    "Pool's storage does not hold what the Pool says, or holds it twice: " + what + " found="
                            + matching.size());
        }
        return matching.getFirst();
    }

    /** Where a mapping that stands at {@code slot} keeps the value of a key. */
    private static BigInteger entry(BigInteger key, int slot) {
        byte[] bytes = new byte[64];
        byte[] left = key.toByteArray();
        int from = left.length > 32 ? 1 : 0; // a sign's byte
        System.arraycopy(left, from, bytes, 32 - (left.length - from), left.length - from);
        bytes[63] = (byte) slot;
        return new BigInteger(1, Hash.sha3(bytes));
    }

    private void write(BigInteger slot, BigInteger word) {
        fork.rpc().call("anvil_setStorageAt", pool.hex(), hex(slot), hex(word));
    }

    private static String hex(BigInteger word) {
        return "0x%064x".formatted(word);
    }
}
