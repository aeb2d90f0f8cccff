package plimsoll.oracle.feed;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.abi.AToken;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.oracle.calibration.Book;
import plimsoll.oracle.calibration.Book.Account;
import plimsoll.oracle.calibration.Book.Collateral;
import plimsoll.oracle.calibration.Book.Debt;
import plimsoll.oracle.feed.Reads.Read;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** Finds who ever borrowed in the pool's logs and values what they owe and hold. */
final class BookReader {

    /** A reserve as far as positions need it. */
    record ListedReserve(Address asset, int id, Address aToken, Address debtToken, int decimals, Price price) {}

    private final Chain chain;
    private final Address pool;
    private final BlockNumber firstBlock;
    private final int blocksPerPage;

    BookReader(Chain chain, Address pool, BlockNumber firstBlock, int blocksPerPage) {
        this.chain = chain;
        this.pool = pool;
        this.firstBlock = firstBlock;
        this.blocksPerPage = blocksPerPage;
    }

    Book read(BlockHeader block, List<ListedReserve> reserves) {
        Reads reads = new Reads(chain, block.at());
        List<Address> borrowers = List.copyOf(borrowers(block.number()));
        List<Read> first = new ArrayList<>();
        for (Address borrower : borrowers) {
            first.add(Read.of(pool, AavePool.GET_USER_ACCOUNT_DATA, borrower));
            first.add(Read.of(pool, AavePool.GET_USER_CONFIGURATION, borrower));
            first.add(Read.of(pool, AavePool.GET_USER_EMODE, borrower));
        }
        List<AbiValues> answers = reads.all(first);
        Map<Integer, EMode> modes = modes(reads, answers);
        List<Open> open = new ArrayList<>();
        for (int i = 0; i < borrowers.size(); i++) {
            BaseValue debt = BaseValue.ofRaw(answers.get(3 * i).integer("totalDebtBase"));
            if (!debt.isZero()) {
                BigInteger bits = answers.get(3 * i + 1).values(0).integer(0);
                int mode = answers.get(3 * i + 2).integer(0).intValueExact();
                open.add(new Open(borrowers.get(i), debt, bits, mode));
            }
        }
        return value(reads, reserves, open, modes);
    }

    private record Open(Address borrower, BaseValue debt, BigInteger bits, int mode) {
        /** Two bits a reserve: borrowing, then used as collateral. */
        boolean usesAsCollateral(ListedReserve reserve) {
            return bits.testBit(2 * reserve.id() + 1);
        }

        boolean borrows(ListedReserve reserve) {
            return bits.testBit(2 * reserve.id());
        }
    }

    private record EMode(Bps threshold, BigInteger collateralBits) {}

    private static Book value(Reads reads, List<ListedReserve> reserves, List<Open> open, Map<Integer, EMode> modes) {
        List<Read> balances = new ArrayList<>();
        for (Open account : open) {
            for (ListedReserve reserve : reserves) {
                if (account.usesAsCollateral(reserve)) {
                    balances.add(Read.of(reserve.aToken(), AToken.BALANCE_OF, account.borrower()));
                }
                if (account.borrows(reserve)) {
                    balances.add(Read.of(reserve.debtToken(), AToken.BALANCE_OF, account.borrower()));
                }
            }
        }
        List<AbiValues> answers = reads.all(balances);
        List<Account> accounts = new ArrayList<>();
        int next = 0;
        for (Open account : open) {
            List<Debt> debts = new ArrayList<>();
            List<Collateral> collateral = new ArrayList<>();
            for (ListedReserve reserve : reserves) {
                if (account.usesAsCollateral(reserve)) {
                    TokenAmount amount = TokenAmount.ofRaw(answers.get(next++).integer(0), reserve.decimals());
                    collateral.add(new Collateral(
                            reserve.asset(),
                            amount.valueAt(reserve.price(), RoundingMode.FLOOR),
                            fixedThreshold(modes.get(account.mode()), reserve)));
                }
                if (account.borrows(reserve)) {
                    TokenAmount amount = TokenAmount.ofRaw(answers.get(next++).integer(0), reserve.decimals());
                    debts.add(new Debt(reserve.asset(), amount.valueAt(reserve.price(), RoundingMode.CEILING)));
                }
            }
            accounts.add(new Account(account.borrower(), account.debt(), debts, collateral));
        }
        return new Book(accounts);
    }

    private static Optional<Bps> fixedThreshold(@Nullable EMode mode, ListedReserve reserve) {
        return mode != null && mode.collateralBits().testBit(reserve.id())
                ? Optional.of(mode.threshold())
                : Optional.empty();
    }

    private Map<Integer, EMode> modes(Reads reads, List<AbiValues> answers) {
        TreeSet<Integer> used = new TreeSet<>();
        for (int i = 2; i < answers.size(); i += 3) {
            used.add(answers.get(i).integer(0).intValueExact());
        }
        used.remove(0);
        Map<Integer, EMode> modes = new TreeMap<>();
        for (int id : used) {
            AbiValues config = reads.one(pool, AavePool.GET_EMODE_CATEGORY_COLLATERAL_CONFIG, id)
                    .values(0);
            BigInteger bits = reads.one(pool, AavePool.GET_EMODE_CATEGORY_COLLATERAL_BITMAP, id)
                    .integer(0);
            modes.put(
                    id,
                    new EMode(Bps.ofRaw(config.integer("liquidationThreshold").longValueExact()), bits));
        }
        return modes;
    }

    private SortedSet<Address> borrowers(BlockNumber last) {
        TreeSet<Address> found = new TreeSet<>();
        LogQuery query = LogQuery.of(List.of(pool), List.of(AavePool.BORROW_EVENT.topic()));
        for (long from = firstBlock.value(); from <= last.value(); from += blocksPerPage) {
            long to = Math.min(last.value(), from + blocksPerPage - 1);
            for (EventLog log : chain.logs(query, new BlockNumber(from), new BlockNumber(to))) {
                found.add(AavePool.BORROW_EVENT.decode(log.topics(), log.data()).address("onBehalfOf"));
            }
        }
        return found;
    }
}
