package plimsoll.keeper.protocol.compound;

import java.util.List;
import java.util.Optional;
import plimsoll.protocol.compound.CompoundMarket;
import plimsoll.protocol.compound.CompoundPool;
import plimsoll.units.Address;

/**
 * What governance has set.
 *
 * @param oracle answers the prices
 * @param vaiController keeps the stablecoin's debts, where there is one
 */
record Parameters(
        Address comptroller,
        Address oracle,
        Optional<Address> vaiController,
        CompoundMarket.Terms terms,
        List<Reserve> reserves,
        List<CompoundPool> pools) {

    Parameters {
        reserves = List.copyOf(reserves);
        pools = List.copyOf(pools);
    }

    Parameters with(List<Reserve> newer, CompoundMarket.Terms newTerms) {
        return new Parameters(comptroller, oracle, vaiController, newTerms, newer, pools);
    }

    /** The reserve of this asset; there is one for each that an account can hold. */
    Reserve reserve(Address underlying) {
        return reserves.stream()
                .filter(reserve -> reserve.underlying().equals(underlying))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Market has no such reserve: asset=" + underlying));
    }

    /** Who takes the repaid tokens: the liquidator contract, else the reserve itself. */
    Address spender(Reserve reserve) {
        return terms.liquidator().map(CompoundMarket.Liquidator::contract).orElse(reserve.token());
    }
}
