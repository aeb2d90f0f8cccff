package plimsoll.keeper.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.tx.DryRunSender;
import plimsoll.chain.tx.LaneLog;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.keeper.execute.ExecutorCalls;
import plimsoll.keeper.execute.LiquidationCalls;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.execute.Outcomes;
import plimsoll.keeper.execute.Redemptions;
import plimsoll.keeper.execute.Restock;
import plimsoll.keeper.execute.Wallet;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.runtime.cli.CommandFailure;

/**
 * Says before each round what may be done in a market: it takes the market's duty and, to send, the signer's lane. One thread uses it.
 */
final class Stances {

    private static final Duration APPROVALS_TAKE = Duration.ofMinutes(2);

    private final KeeperSettings settings;
    private final Chain chain;
    private final ProtocolReader reader;
    private final Optional<LaneDesk> desk;
    private final BooleanSupplier onDuty;
    private final Optional<Signer> signer;
    private final Stance.Dry dry;
    private Optional<Owned> owned = Optional.empty();

    /** What was made for one holding of the lane; another holding needs it anew. */
    private record Owned(LaneDesk.Held lane, Stance.Hands hands) {}

    /**
     * @param desk the signer's lane where it is live
     * @param onDuty whether this market is ours among all processes
     */
    Stances(
            KeeperSettings settings,
            Chain chain,
            ProtocolReader reader,
            Optional<Signer> signer,
            Optional<LaneDesk> desk,
            BooleanSupplier onDuty) {
        this.settings = settings;
        this.chain = chain;
        this.reader = reader;
        this.desk = desk;
        this.onDuty = onDuty;
        this.signer = signer;
        this.dry = new Stance.Dry(desk.isPresent() ? Optional.empty() : tied());
    }

    /** Hands that try and cannot send; none without a signer. */
    private Optional<Stance.Hands> tied() {
        return signer.map(key -> hands(new DryRunSender(chain, key.address()), unheard()));
    }

    /** The same for a rehearsal, which goes as far as signatures of nobody's. */
    Optional<Stance.Hands> rehearsing() {
        return signer.map(key -> hands(
                new RehearsalSender(
                        new DryRunSender(chain, key.address()),
                        settings.market().id().chain()),
                unheard()));
    }

    private static Outcomes unheard() {
        return new Outcomes(new LaneLog(), (reason, at) -> {});
    }

    Stance now() {
        if (!onDuty.getAsBoolean()) {
            return new Stance.StandingBy();
        }
        if (desk.isEmpty()) {
            return dry;
        }
        Optional<LaneDesk.Held> lane = desk.get().held();
        if (lane.isEmpty()) {
            return new Stance.StandingBy();
        }
        if (owned.filter(it -> it.lane.equals(lane.get())).isEmpty()) {
            owned = Optional.of(new Owned(lane.get(), live(lane.get())));
        }
        return new Stance.Acting(owned.get().hands);
    }

    /** Lets the market and the venue take our tokens where they may not yet. */
    private Stance.Hands live(LaneDesk.Held lane) {
        if (settings.trade().executor().isPresent()) {
            return hands(lane.sender(), lane.outcomes()); // the executor allows what it must itself, for one call
        }
        List<Wallet.Approval> approvals = new ArrayList<>(toMarket());
        settings.trade()
                .venue()
                .ifPresent(venue -> reader.assets().stream()
                        .map(Asset::address)
                        .forEach(token -> approvals.add(new Wallet.Approval(token, venue.router()))));
        new Wallet(
                        chain,
                        settings.market().chain(),
                        lane.sender(),
                        settings.policy().maxGasPrice())
                .approve(approvals, lane.outcomes(), APPROVALS_TAKE);
        return hands(lane.sender(), lane.outcomes());
    }

    private Stance.Hands hands(TransactionSender sender, Outcomes outcomes) {
        Wallet wallet = new Wallet(
                chain,
                settings.market().chain(),
                sender,
                settings.policy().maxGasPrice(),
                settings.trade().executor());
        settings.trade()
                .executor()
                .flatMap(executor -> executor.objection(chain, sender.address()))
                .ifPresent(objection -> {
                    throw CommandFailure.configuration(objection, "plimsoll.keeper.executor.address");
                });
        Liquidator liquidator = new Liquidator(
                chain,
                settings.market().id(),
                sender,
                outcomes,
                settings.trade().venue(),
                settings.policy().maxGasPrice(),
                calls(),
                settings.trade().executor().isPresent() || wallet.hasApproved(toMarket()));
        boolean bySigner = settings.trade().executor().isEmpty();
        Optional<Redemptions> redemptions = bySigner
                ? Optional.of(new Redemptions(
                        chain,
                        settings.market().id(),
                        sender,
                        outcomes,
                        settings.policy().maxGasPrice()))
                : Optional.empty();
        Optional<Restock> restock = settings.trade()
                .venue()
                .filter(_ -> bySigner)
                .map(venue -> new Restock(chain, settings.market().id(), sender, outcomes, venue, settings.policy()));
        return new Stance.Hands(wallet, liquidator, redemptions, restock);
    }

    private LiquidationCalls calls() {
        if (settings.trade().executor().isEmpty()) {
            return LiquidationCalls.DIRECT;
        }
        return ExecutorCalls.over(
                chain,
                settings.trade().executor().get(),
                settings.policy(),
                settings.trade().venue().orElseThrow(),
                reader.assets().stream().map(Asset::address).toList());
    }

    private List<Wallet.Approval> toMarket() {
        return reader.allowances().stream()
                .map(it -> new Wallet.Approval(it.token(), it.spender()))
                .toList();
    }
}
