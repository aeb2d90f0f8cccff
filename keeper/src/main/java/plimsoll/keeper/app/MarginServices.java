package plimsoll.keeper.app;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import plimsoll.chain.call.Chain;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.Watch;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.keeper.relief.AaveReliefCalls;
import plimsoll.keeper.relief.ReliefHand;
import plimsoll.keeper.store.MandateStore;
import plimsoll.keeper.store.MarginStore;
import plimsoll.keeper.store.OutboxStore;
import plimsoll.runtime.cli.CommandFailure;

/** Puts the borrower's desk together over the process's markets. */
final class MarginServices {

    private final DataSource dataSource;
    private final InstantSource clock;

    MarginServices(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** @param markets as they are when asked */
    MarginDesk open(MarginSettings settings, Supplier<List<MarketWorker>> markets) {
        requireKnownMarkets(settings, markets.get());
        MarginLog log = new MarginLog();
        Mandates mandates = new Mandates(
                settings.mandates(),
                new MandateStore(dataSource),
                market -> markets.get().stream()
                        .filter(worker -> worker.settings().market().id().key().equals(market))
                        .findFirst()
                        .flatMap(this::hands),
                log,
                clock);
        return new MarginDesk(
                settings,
                new MarginStore(dataSource),
                new OutboxStore(dataSource),
                mandates,
                log,
                clock,
                new SplittableRandom(ProcessHandle.current().pid()));
    }

    /** A market that nobody keeps would never ring, and nobody would notice. */
    private static void requireKnownMarkets(MarginSettings settings, List<MarketWorker> markets) {
        List<String> known = markets.stream()
                .map(worker -> worker.settings().market().id().key())
                .toList();
        Stream.concat(
                        settings.watches().stream().map(Watch::scope),
                        settings.mandates().stream().map(Mandate::scope))
                .flatMap(scope -> scope.market().stream())
                .filter(market -> known.stream().noneMatch(market::equalsIgnoreCase))
                .findFirst()
                .ifPresent(market -> {
                    throw CommandFailure.configuration(
                            "Market is not one that this keeper keeps: found=" + market + " known=" + known,
                            "plimsoll.margin");
                });
    }

    private Optional<Mandates.Hands> hands(MarketWorker worker) {
        KeeperSettings settings = worker.settings();
        if (settings.market().protocol() != Protocol.AAVE_V3) {
            return Optional.empty(); // calls are made everywhere, top-ups and repayments where their calls are known
        }
        Chain chain = settings.service().chainOver(worker.pool());
        return worker.assembly()
                .sender(chain)
                .map(sender -> new Mandates.Hands(
                        new ReliefHand(
                                chain,
                                sender,
                                new AaveReliefCalls(settings.market().contract()),
                                settings.policy().maxGasPrice(),
                                clock),
                        worker.isLive()));
    }
}
