package plimsoll.protocol.compound;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/**
 * A market of the Compound v2 lineage at one block.
 *
 * @param terms what holds for all of its reserves
 * @param pools besides the core pool
 */
public record CompoundMarket(
        CompoundRevision revision, Terms terms, List<CompoundReserve> reserves, List<CompoundPool> pools) {

    /**
     * What holds for all reserves.
     *
     * @param closeFactor the share of a debt that one liquidation may repay
     * @param redeemFee the share of the underlying that Venus' treasury takes when tokens are redeemed
     * @param liquidator the contract through which alone liquidations go, if the market has named one
     * @param vai how the stablecoin's debts grow, if the market has one
     * @param paused whether the whole market stands still
     */
    public record Terms(
            Wad closeFactor, Wad redeemFee, Optional<Liquidator> liquidator, Optional<Vai> vai, boolean paused) {}

    /**
     * Venus' liquidator contract.
     *
     * @param treasuryShare the share of the incentive's premium that goes to the treasury
     * @param vaiFirstFrom an account that owes this much of the stablecoin must be relieved of it first
     */
    public record Liquidator(Address contract, Wad treasuryShare, Optional<Wad> vaiFirstFrom) {}

    /** The stablecoin's mint index and its rate a block. The liquidator contract brings it up to date, a reserve does not. */
    public record Vai(Wad mintIndex, Wad ratePerBlock, long accruedAt) {

        Wad indexAt(long block) {
            return mintIndex.plus(
                    new Wad(ratePerBlock.raw().multiply(java.math.BigInteger.valueOf(block - accruedAt))));
        }
    }

    public CompoundMarket {
        reserves = List.copyOf(reserves);
        pools = List.copyOf(pools);
        for (int i = 0; i < reserves.size(); i++) {
            if (reserves.get(i).id() != i) {
                throw new IllegalArgumentException("Reserves are not numbered in order: found="
                        + reserves.get(i).id() + " expected=" + i);
            }
        }
    }

    /** This market valued with these prices; a liquidation is taken to land in {@code block}. */
    public CompoundValuation valuedAt(long block, Map<Integer, UnderlyingPrice> prices) {
        return new CompoundValuation(this, block, prices);
    }

    public CompoundReserve reserve(int id) {
        if (id < 0 || id >= reserves.size()) {
            throw new IllegalArgumentException("Market has no such reserve: found=" + id);
        }
        return reserves.get(id);
    }

    /** What a reserve counts for in a pool; 0 is the core pool. A pool that this market does not know is refused. */
    public RiskParameters risk(int pool, int reserve) {
        CompoundReserve found = reserve(reserve);
        if (pool == 0) {
            return found.risk();
        }
        for (CompoundPool candidate : pools) {
            if (candidate.id() == pool) {
                return candidate.of(found);
            }
        }
        Map<Integer, Boolean> known = new HashMap<>();
        pools.forEach(it -> known.put(it.id(), it.active()));
        throw new IllegalArgumentException("Account is in an unknown pool: found=" + pool + " known=" + known.keySet());
    }
}
