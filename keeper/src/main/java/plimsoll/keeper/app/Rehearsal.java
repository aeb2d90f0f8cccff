package plimsoll.keeper.app;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Judge;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.StoredAmount;

/**
 * Goes through the work of a block with accounts that owe more than they do, so that the first block in which somebody really is
 * liquidatable finds a virtual machine that has done it before: unrehearsed, the first answer takes several times as long as the
 * others. Judges, tries and encodes as in earnest, by a hand that can send nothing, and writes nothing down.
 */
final class Rehearsal {

    private static final int ACCOUNTS = 8;
    private static final int TIMES = 40;

    /** A debt of one unit beside any collateral that a contract can count. */
    private static final int DOUBLINGS = 128;

    private final String market;
    private final Judge judge;
    private final Supplier<Optional<Stance.Hands>> hands;
    private final KeeperLog log;

    private Optional<Stance.Hands> used = Optional.empty();
    private int left = TIMES;
    private int planned;

    /** @param hands which try and cannot send; none where there is no account */
    Rehearsal(String market, Judge judge, Supplier<Optional<Stance.Hands>> hands, KeeperLog log) {
        this.market = market;
        this.judge = judge;
        this.hands = hands;
        this.log = log;
    }

    /**
     * Goes on until it has been done often enough, which may take several blocks; after that it does nothing.
     *
     * @param isOver asked before each time: whether something real is due
     * @return how many liquidations it has come to so far
     */
    int goOn(Foresight.Basis basis, PositionBook book, BooleanSupplier isOver) {
        if (left == 0 || isOver.getAsBoolean()) {
            return planned;
        }
        try {
            used = used.or(hands);
            List<AccountHealth> cast = used.isEmpty() ? List.of() : cast(book, basis.market());
            while (!cast.isEmpty() && left > 0 && !isOver.getAsBoolean()) {
                once(basis, cast, used.get());
                left--;
                if (left == 0) {
                    log.rehearsed(market, planned);
                }
            }
        } catch (RuntimeException e) {
            left = 0; // nothing depends on it, and what is wrong will be told by a round
            log.rehearsalFailed(market, e);
        }
        return planned;
    }

    private void once(Foresight.Basis basis, List<AccountHealth> cast, Stance.Hands hands) {
        Market market = basis.market();
        Judge.Look look = judge.look(cast, _ -> market, basis.conditions(), basis.circumstances());
        Liquidator liquidator = hands.liquidator();
        // The chain refuses all of them, since they are healthy; it is played that it did not.
        List<Trial> trials = liquidator
                .tryAll(look.opportunities(), market, basis.header().at())
                .stream()
                .map(trial -> new Trial(trial.opportunity(), Optional.empty(), trial.quotes()))
                .toList();
        List<LiquidationPlan> plans = judge.decide(look, trials, _ -> market, basis.conditions()).values().stream()
                .flatMap(assessment -> assessment instanceof Assessment.Act(LiquidationPlan plan)
                        ? Optional.of(plan).stream()
                        : Optional.<LiquidationPlan>empty().stream())
                .toList();
        liquidator.send(plans, market);
        planned += plans.size();
    }

    /** Some accounts that owe something, with as much more of it as makes them liquidatable. */
    private static List<AccountHealth> cast(PositionBook book, Market market) {
        List<AccountHealth> cast = new ArrayList<>();
        for (AccountPosition position : book.all()) {
            if (cast.size() == ACCOUNTS) {
                break;
            }
            boolean owes =
                    position.holdings().stream().anyMatch(it -> !it.borrowed().isZero());
            boolean holds = position.holdings().stream()
                    .anyMatch(it -> it.usedAsCollateral() && !it.supplied().isZero());
            if (owes && holds) {
                sunk(position, market).ifPresent(cast::add);
            }
        }
        return cast;
    }

    private static Optional<AccountHealth> sunk(AccountPosition position, Market market) {
        AccountPosition deeper = position;
        for (int i = 0; i < DOUBLINGS; i++) {
            try {
                AccountHealth health = AccountHealth.of(deeper, market);
                if (health.needsDecision()) {
                    return Optional.of(health).filter(it -> it.objections().isEmpty());
                }
            } catch (ArithmeticException e) {
                return Optional.empty(); // more than the contract could count
            }
            deeper = new AccountPosition(
                    position.account(),
                    position.mode(),
                    deeper.holdings().stream().map(Rehearsal::doubled).toList());
        }
        return Optional.empty();
    }

    private static Holding doubled(Holding holding) {
        StoredAmount owed = holding.borrowed();
        return new Holding(
                holding.reserve(),
                holding.supplied(),
                holding.usedAsCollateral(),
                new StoredAmount(owed.raw().multiply(BigInteger.TWO), owed.storedAt()));
    }
}
