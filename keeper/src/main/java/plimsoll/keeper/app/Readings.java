package plimsoll.keeper.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plimsoll.keeper.api.DecisionView;
import plimsoll.keeper.api.KeeperReadings;
import plimsoll.keeper.api.LiquidationView;
import plimsoll.keeper.api.PositionView;
import plimsoll.keeper.api.StatusView;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.store.KeeperStore;
import plimsoll.keeper.store.SentLiquidation;
import plimsoll.runtime.web.EndpointsView;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;

/** Brings what the worker sees and what the store keeps into the API's form. */
@ApplicationScoped
public class Readings implements KeeperReadings {

    private final KeeperWorker worker;
    private final KeeperStore store;

    @Inject
    Readings(KeeperWorker worker, KeeperStore store) {
        this.worker = worker;
        this.store = store;
    }

    @Override
    public Optional<StatusView> status() {
        return first().map(market -> {
            KeeperSettings settings = market.settings();
            Optional<Round> round = market.view().map(View::round);
            List<MarketWorker> all = worker.markets();
            return new StatusView(
                    mode(market),
                    settings.market().chain(),
                    settings.market().contract(),
                    market.assembly().signerAddress(),
                    round.map(it -> it.market().block().number()),
                    round.map(it -> it.market().block().time()),
                    all.stream().mapToInt(Readings::positions).sum(),
                    all.stream().mapToInt(Readings::liquidatable).sum(),
                    all.stream().mapToInt(it -> it.everLiquidatable().size()).sum(),
                    all.stream()
                            .mapToLong(it -> store.countLiquidations(
                                    it.settings().market().id().reasonPrefix()))
                            .sum(),
                    market.assembly().latencies().summary(),
                    all.stream().flatMap(it -> it.trouble().stream()).findFirst(),
                    all.stream().map(Readings::status).toList());
        });
    }

    private static StatusView.Market status(MarketWorker market) {
        return new StatusView.Market(
                market.settings().name(),
                mode(market),
                market.settings().market().chain(),
                market.settings().market().id().toString(),
                market.view().map(it -> it.round().market().block().number()),
                positions(market),
                liquidatable(market),
                market.trouble());
    }

    private static String mode(MarketWorker market) {
        String wanted = market.isLive() ? "live" : "dry-run";
        return market.assembly().isStandingBy() ? "standing-by" : wanted;
    }

    private static int positions(MarketWorker market) {
        return market.view().map(view -> view.round().positions()).orElse(0);
    }

    private static int liquidatable(MarketWorker market) {
        return market.view().map(view -> view.round().liquidatable().size()).orElse(0);
    }

    private Optional<MarketWorker> first() {
        return worker.markets().stream().findFirst();
    }

    @Override
    public Optional<EndpointsView> endpoints() {
        return first().map(market -> EndpointsView.of(market.pool()));
    }

    @Override
    public List<PositionView> positions(Optional<HealthFactor> below, int limit) {
        return worker.markets().stream()
                .flatMap(market -> market.view().stream()
                        .flatMap(view -> view.positions().stream()
                                .filter(position -> below.isEmpty() || isBelow(position, below.get()))
                                .sorted(leastHealthyFirst())
                                .limit(limit)
                                .map(position -> PositionView.of(
                                        market.settings().name(),
                                        position.position(),
                                        position.standing(),
                                        view.round().market()))))
                .limit(limit)
                .toList();
    }

    private static boolean isBelow(View.Valued position, HealthFactor line) {
        return position.standing()
                .flatMap(Standing::healthFactor)
                .filter(health -> health.isBelow(line))
                .isPresent();
    }

    /** Those without a price first, because nobody knows; those without debt last. */
    private static Comparator<View.Valued> leastHealthyFirst() {
        return (a, b) -> {
            int byKnowledge =
                    Boolean.compare(a.standing().isPresent(), b.standing().isPresent());
            if (byKnowledge != 0) {
                return byKnowledge;
            }
            Optional<HealthFactor> left = a.standing().flatMap(Standing::healthFactor);
            Optional<HealthFactor> right = b.standing().flatMap(Standing::healthFactor);
            return left.isPresent() && right.isPresent()
                    ? left.get().compareTo(right.get())
                    : Boolean.compare(right.isPresent(), left.isPresent());
        };
    }

    @Override
    public List<LiquidationView> liquidations(int limit) {
        return worker.markets().stream()
                .flatMap(market -> store
                        .liquidations(market.settings().market().id().reasonPrefix(), limit)
                        .stream()
                        .map(sent -> liquidation(sent, market)))
                .sorted(Comparator.comparing(LiquidationView::time).reversed())
                .limit(limit)
                .toList();
    }

    private static LiquidationView liquidation(SentLiquidation sent, MarketWorker market) {
        return new LiquidationView(
                sent.time(),
                market.settings().name(),
                sent.account(),
                sent.amounts().map(amounts -> amount(market, amounts.debtAsset(), amounts.repaidRaw())),
                sent.amounts().map(amounts -> amount(market, amounts.collateralAsset(), amounts.receivedRaw())),
                sent.amounts().map(SentLiquidation.Amounts::profit),
                sent.state(),
                sent.tx(),
                sent.minedBlock(),
                market.assembly().latencies().of(sent.reasonKey()));
    }

    private static String amount(MarketWorker market, Address asset, String raw) {
        return market.view()
                .flatMap(view -> view.round().market().asset(asset))
                .map(token -> new BigDecimal(raw)
                                .movePointLeft(token.decimals())
                                .stripTrailingZeros()
                                .toPlainString() + " " + token.symbol())
                .orElse(raw + " of " + asset);
    }

    @Override
    public List<DecisionView> decisions(int limit) {
        return worker.markets().stream()
                .flatMap(market -> store.journal(market.market(), limit).stream()
                        .map(line -> new DecisionView(
                                market.settings().name(),
                                line.block(),
                                line.time(),
                                line.account(),
                                line.healthFactor(),
                                line.action(),
                                line.reason())))
                .sorted(Comparator.comparing(DecisionView::time).reversed())
                .limit(limit)
                .toList();
    }
}
