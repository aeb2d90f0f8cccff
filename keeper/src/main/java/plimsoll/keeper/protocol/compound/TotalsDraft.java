package plimsoll.keeper.protocol.compound;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.VToken;
import plimsoll.keeper.watch.Batch;
import plimsoll.protocol.compound.ReserveTotals;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/** A reserve's totals while their answers come in. */
final class TotalsDraft {

    private static final List<ContractFunction> FUNCTIONS = List.of(
            VToken.GET_CASH,
            VToken.TOTAL_BORROWS,
            VToken.TOTAL_RESERVES,
            VToken.TOTAL_SUPPLY,
            VToken.EXCHANGE_RATE_STORED,
            VToken.BORROW_INDEX,
            VToken.ACCRUAL_BLOCK_NUMBER,
            VToken.BORROW_RATE_PER_BLOCK,
            VToken.RESERVE_FACTOR,
            VToken.REDUCE_RESERVES_BLOCK_NUMBER,
            VToken.REDUCE_RESERVES_BLOCK_DELTA);

    private final Map<ContractFunction, BigInteger> answers = new HashMap<>();

    /** Counts nothing; for a reserve that cannot be read. */
    static ReserveTotals none() {
        BigInteger zero = BigInteger.ZERO;
        return new ReserveTotals(zero, zero, zero, zero, Wad.ZERO, Wad.ONE, 0, Wad.ZERO, Wad.ZERO, Optional.empty());
    }

    static TotalsDraft ask(Batch batch, Address vToken) {
        TotalsDraft draft = new TotalsDraft();
        FUNCTIONS.forEach(function -> batch.may(
                vToken,
                function,
                answer -> answer.ifPresent(values -> draft.answers.put(function, values.integer(0)))));
        return draft;
    }

    /** Empty where the contract did not answer everything. */
    Optional<ReserveTotals> totals() {
        if (answers.size() < FUNCTIONS.size()) {
            return Optional.empty();
        }
        return Optional.of(new ReserveTotals(
                of(VToken.GET_CASH),
                of(VToken.TOTAL_BORROWS),
                of(VToken.TOTAL_RESERVES),
                of(VToken.TOTAL_SUPPLY),
                // While there are no tokens the reserve answers its first rate, which it keeps to itself otherwise.
                Wad.ofRaw(of(VToken.EXCHANGE_RATE_STORED)),
                Wad.ofRaw(of(VToken.BORROW_INDEX)),
                of(VToken.ACCRUAL_BLOCK_NUMBER).longValueExact(),
                Wad.ofRaw(of(VToken.BORROW_RATE_PER_BLOCK)),
                Wad.ofRaw(of(VToken.RESERVE_FACTOR)),
                Optional.of(new ReserveTotals.Reduction(
                        of(VToken.REDUCE_RESERVES_BLOCK_NUMBER).longValueExact(),
                        of(VToken.REDUCE_RESERVES_BLOCK_DELTA).longValueExact()))));
    }

    private BigInteger of(ContractFunction function) {
        return answers.getOrDefault(function, BigInteger.ZERO);
    }
}
