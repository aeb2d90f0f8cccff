package plimsoll.keeper.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import plimsoll.keeper.api.MarginReadings;
import plimsoll.keeper.margin.Level;
import plimsoll.keeper.margin.Scope;
import plimsoll.keeper.margin.Watch;
import plimsoll.keeper.notify.Channel;
import plimsoll.keeper.store.MandateStore;
import plimsoll.keeper.store.MarginStore;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/** Brings what the borrower's desk knows into the API's form, and the API's orders to the desk. */
@ApplicationScoped
public class MarginCounter implements MarginReadings {

    private final KeeperWorker worker;
    private final DataSource dataSource;

    @Inject
    MarginCounter(KeeperWorker worker, DataSource dataSource) {
        this.worker = worker;
        this.dataSource = dataSource;
    }

    @Override
    public List<WatchView> watches() {
        List<WatchView> views = new ArrayList<>();
        worker.margin().ifPresent(desk -> {
            desk.settings().watches().forEach(watch -> views.add(view(watch, "configuration")));
            new MarginStore(dataSource).watches().forEach(watch -> views.add(view(watch, "api")));
        });
        return views;
    }

    @Override
    public WatchView watch(WatchOrder order) {
        MarginDesk desk = worker.margin()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Nobody could be told: configure a channel, plimsoll.margin.channels.NAME.kind"));
        MarginSettings.Usual usual = desk.settings().usual();
        Watch watch = new Watch(
                given(order.name(), "name"),
                new Scope(Address.parse(given(order.account(), "account")), order.market(), order.mode()),
                order.levels().map(Level::parseAll).orElse(usual.levels()),
                order.band().map(Wad::parse).orElse(usual.band()),
                order.interval().orElse(usual.interval()),
                Optional.ofNullable(order.channels()).orElse(List.of()));
        List<String> known =
                desk.settings().channels().stream().map(Channel::name).toList();
        if (!known.containsAll(watch.channels())) {
            throw new IllegalArgumentException(
                    "Channel is not configured: found=" + watch.channels() + " known=" + known);
        }
        if (desk.settings().watches().stream().anyMatch(it -> it.name().equals(watch.name()))) {
            throw new IllegalArgumentException("Configuration has a watch of this name: name=" + watch.name());
        }
        desk.put(watch);
        return view(watch, "api");
    }

    /** Whoever posts JSON may leave out what he likes. */
    private static String given(@Nullable String value, String what) {
        return Optional.ofNullable(value).orElseThrow(() -> new IllegalArgumentException("Entry lacks its " + what));
    }

    @Override
    public boolean unwatch(String name) {
        return worker.margin().map(desk -> desk.remove(name)).orElse(false);
    }

    @Override
    public List<CallView> calls(Optional<Address> account, int limit) {
        return new MarginStore(dataSource)
                .calls(account, limit).stream()
                        .map(call -> new CallView(
                                call.key(),
                                call.watch(),
                                call.market(),
                                call.account(),
                                call.level(),
                                call.health(),
                                call.before(),
                                call.collateral(),
                                call.debt(),
                                call.block(),
                                call.calledAt(),
                                call.text(),
                                call.messages()))
                        .toList();
    }

    @Override
    public List<ActionView> actions(int limit) {
        return new MandateStore(dataSource)
                .audit(limit).stream()
                        .map(row -> new ActionView(
                                row.mandate(),
                                row.market(),
                                row.account(),
                                row.verdict(),
                                row.reason(),
                                row.health(),
                                row.block(),
                                row.decidedAt(),
                                row.repeats(),
                                row.key(),
                                row.state()))
                        .toList();
    }

    private static WatchView view(Watch watch, String origin) {
        return new WatchView(
                watch.name(),
                watch.scope().account(),
                watch.scope().market(),
                watch.scope().mode(),
                watch.levels().stream().map(Level::toString).toList(),
                watch.band(),
                watch.interval(),
                watch.channels(),
                origin);
    }
}
