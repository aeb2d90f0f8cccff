package plimsoll.keeper.app;

import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.keeper.journal.BidDecision;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.guard.Halt;
import plimsoll.keeper.watch.OfferedPrices;
import plimsoll.keeper.watch.PendingPrice;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** What the keeper tells its operator: one method an event, one line an event. */
final class KeeperLog {

    private static final Logger LOG = LoggerFactory.getLogger("plimsoll.keeper");

    private Optional<String> lastTrouble = Optional.empty();
    private int repeats;

    void started(String name, MarketId market, boolean live, Optional<Address> signer) {
        LOG.info(
                "keeper started: market={} chain={} contract={} mode={} signer={}",
                name,
                market.chain(),
                market,
                live ? "live" : "dry-run",
                signer.map(Address::toString).orElse("none"));
    }

    void heldBack(String name, MarketId market) {
        LOG.warn(
                "arithmetic is unproven on chain, nothing is sent: market={} contract={}"
                        + " allow=plimsoll.keeper.allow-unproven",
                name,
                market);
    }

    void halted(Optional<Halt> halt) {
        halt.ifPresentOrElse(
                it -> LOG.warn("halted, nothing is sent: by={} reason={}", it.by(), it.reason()),
                () -> LOG.warn("halt is over, sending again"));
    }

    void standingBy(Address signer) {
        LOG.info("standing by, another process has the signer's lane: signer={}", signer);
    }

    void laneNotTaken(Address signer, RuntimeException reason) {
        LOG.error("lane cannot be taken, nothing is sent: signer={} because={}", signer, reason.getMessage());
    }

    void tookOver(String market, Stance stance, BlockNumber block) {
        LOG.info(
                "{} in this market from now on: market={} block={}",
                stance.isActing() ? "acting" : "deciding in dry run",
                market,
                block);
    }

    void stoodBack(String market, BlockNumber block) {
        LOG.info(
                "standing by from now on, this market is another process's or nobody's: market={} block={}",
                market,
                block);
    }

    void indexed(BlockNumber block, int positions, long millis) {
        LOG.info("market indexed: block={} positions={} took={} ms", block, positions, millis);
    }

    void rehearsed(String market, int plans) {
        LOG.info("rehearsed: market={} plansInPlay={}", market, plans);
    }

    void rehearsalFailed(String market, RuntimeException e) {
        LOG.info("rehearsal ended early; the first liquidation may take longer: market={}", market, e);
    }

    void foreseen(PendingPrice pending, int unhealthy, int plans) {
        LOG.info(
                "price seen before its block: source={} answer={} tx={} liquidatable={} plans={}",
                pending.source().feed(),
                pending.answer(),
                pending.transaction().hash(),
                unhealthy,
                plans);
    }

    void offered(OfferedPrices.Offered offered, int unhealthy, int plans) {
        LOG.info(
                "price for sale: {} behind={} liquidatable={} plans={}",
                offered.answers().entrySet().stream()
                        .map(answer -> "source=" + answer.getKey().feed() + " answer=" + answer.getValue())
                        .sorted()
                        .collect(Collectors.joining(" ")),
                offered.reference(),
                unhealthy,
                plans);
    }

    void bid(BidDecision decision) {
        String price = decision.price()
                .map(it -> " tip=" + it.tip() + " gas=" + it.gas() + " pays="
                        + it.tip().times(it.gas()))
                .orElse("");
        LOG.info(
                "{}: borrower={} profit={} behind={} newest={}{} {}",
                decision.reasonKey().isPresent() ? "bid made" : "no bid",
                decision.account(),
                decision.profit(),
                decision.behind(),
                decision.block(),
                price,
                decision.reasonKey()
                        .map(key -> "reason=" + key)
                        .orElseGet(() -> "because=" + decision.why().orElse("none given")));
    }

    void bidNotKept(RuntimeException reason) {
        LOG.error("bid not written down, see that the database answers: because={}", reason.getMessage());
    }

    void outbid(Opportunity opportunity, StoredIntent intent, String why) {
        LOG.info(
                "bid lost, it has cost nothing: borrower={} nonce={} because={}",
                opportunity.account(),
                intent.nonce(),
                why);
    }

    void submitted(LiquidationPlan plan, StoredIntent intent) {
        Opportunity o = plan.opportunity();
        LOG.info(
                "liquidation submitted: borrower={} debt={} {} collateral={} {} healthFactor={} profit={} nonce={}",
                o.account(),
                o.repaid(),
                o.debt().symbol(),
                o.received(),
                o.collateral().symbol(),
                o.healthFactor(),
                plan.profit(),
                intent.nonce());
    }

    void wouldSubmit(LiquidationPlan plan) {
        Opportunity o = plan.opportunity();
        LOG.info(
                "liquidation left alone in dry run: borrower={} debt={} {} collateral={} {} healthFactor={} profit={}",
                o.account(),
                o.repaid(),
                o.debt().symbol(),
                o.received(),
                o.collateral().symbol(),
                o.healthFactor(),
                plan.profit());
    }

    void concluded(Opportunity opportunity, StoredIntent intent, boolean succeeded) {
        if (succeeded) {
            LOG.info(
                    "liquidation done: borrower={} repaid={} {} state={}",
                    opportunity.account(),
                    opportunity.repaid(),
                    opportunity.debt().symbol(),
                    intent.state().word());
        } else {
            LOG.warn(
                    "liquidation failed: borrower={} state={}",
                    opportunity.account(),
                    intent.state().word());
        }
    }

    void redeemed(int transactions, BlockNumber block) {
        LOG.info("seized tokens of the market are being redeemed: transactions={} block={}", transactions, block);
    }

    void sold(int trades, BlockNumber block) {
        LOG.info("seized collateral offered for sale: trades={} block={}", trades, block);
    }

    /** Repeats are counted, not repeated. */
    void troubled(RuntimeException reason) {
        String message = String.valueOf(reason.getMessage());
        if (lastTrouble.filter(message::equals).isPresent()) {
            repeats++;
            return;
        }
        lastTrouble = Optional.of(message);
        repeats = 0;
        LOG.warn("round failed, will be tried again: {}", message);
        LOG.debug("round failed", reason);
    }

    void recovered() {
        if (lastTrouble.isPresent()) {
            LOG.info("rounds work again: trouble was seen {} times: {}", repeats + 1, lastTrouble.get());
            lastTrouble = Optional.empty();
        }
    }

    void journalFailed(BlockNumber block, RuntimeException reason) {
        LOG.error(
                "journal not written, see that the database answers: block={} because={}", block, reason.getMessage());
    }

    void snapshotFailed(RuntimeException reason) {
        LOG.warn("positions not stored, will be tried again: {}", reason.getMessage());
    }
}
