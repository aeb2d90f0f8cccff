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
        return worker.running().map(running -> {
            Optional<Round> round = worker.view().map(View::round);
            KeeperSettings settings = running.settings();
            return new StatusView(
                    settings.live() ? "live" : "dry-run",
                    settings.chain(),
                    settings.pool(),
                    running.assembly().signerAddress(),
                    round.map(it -> it.market().block().number()),
                    round.map(it -> it.market().block().time()),
                    round.map(Round::positions).orElse(0),
                    round.map(it -> it.liquidatable().size()).orElse(0),
                    worker.everLiquidatable().size(),
                    store.countLiquidations(reasonPrefix(running)),
                    running.assembly().latencies().summary(),
                    worker.trouble());
        });
    }

    @Override
    public Optional<EndpointsView> endpoints() {
        return worker.running().map(running -> EndpointsView.of(running.pool()));
    }

    @Override
    public List<PositionView> positions(Optional<HealthFactor> below, int limit) {
        return worker.view().stream()
                .flatMap(view -> view.positions().stream()
                        .filter(position -> below.isEmpty() || isBelow(position, below.get()))
                        .sorted(leastHealthyFirst())
                        .limit(limit)
                        .map(position -> PositionView.of(
                                position.position(),
                                position.standing(),
                                view.round().market())))
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
        return worker.running().stream()
                .flatMap(running -> store.liquidations(reasonPrefix(running), limit).stream()
                        .map(sent -> liquidation(sent, running)))
                .toList();
    }

    private static String reasonPrefix(KeeperWorker.Running running) {
        return running.settings().market().reasonPrefix();
    }

    private LiquidationView liquidation(SentLiquidation sent, KeeperWorker.Running running) {
        return new LiquidationView(
                sent.time(),
                sent.account(),
                sent.amounts().map(amounts -> amount(amounts.debtAsset(), amounts.repaidRaw())),
                sent.amounts().map(amounts -> amount(amounts.collateralAsset(), amounts.receivedRaw())),
                sent.amounts().map(SentLiquidation.Amounts::profit),
                sent.state(),
                sent.tx(),
                sent.minedBlock(),
                running.assembly().latencies().of(sent.reasonKey()));
    }

    private String amount(Address asset, String raw) {
        return worker.view()
                .flatMap(view -> view.round().market().asset(asset))
                .map(reserve ->
                        new BigDecimal(raw)
                                        .movePointLeft(reserve.decimals())
                                        .stripTrailingZeros()
                                        .toPlainString() + " " + reserve.symbol())
                .orElse(raw + " of " + asset);
    }

    @Override
    public List<DecisionView> decisions(int limit) {
        return worker.running().stream()
                .flatMap(running -> store.journal(running.market(), limit).stream())
                .map(line -> new DecisionView(
                        line.block(), line.time(), line.account(), line.healthFactor(), line.action(), line.reason()))
                .toList();
    }
}
