package plimsoll.keeper.app;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import plimsoll.keeper.margin.Level;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.Outbox;
import plimsoll.keeper.margin.Watch;
import plimsoll.keeper.notify.Channel;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Json;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.runtime.config.StrictConfiguration;
import plimsoll.units.Address;

/** The borrower's desk from the command line, on the configuration that the service would read. Needs no database and no chain. */
@Command(
        name = "margin",
        description = "Shows who is watched and what mandates allow, and tries the channels of margin calls.",
        subcommands = {MarginCommand.ListAll.class, MarginCommand.TestChannel.class})
public final class MarginCommand {

    private MarginCommand() {}

    private static MarginSettings configured() {
        KeeperConfig config = new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle").load();
        return MarginSettings.of(config.margin(), System.getenv(), InstantSource.system());
    }

    @Command(
            name = "list",
            description = {
                "Lists the watches, channels and mandates of the configuration.",
                "Watches that were added to a running keeper are at its /api/margin/watch."
            })
    static final class ListAll implements Callable<Integer> {

        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
        private Output output;

        /** What {@code --json} prints. */
        record Answer(List<WatchLine> watches, List<String> channels, List<MandateLine> mandates) {}

        record WatchLine(
                String name, Address account, Optional<String> market, List<String> levels, List<String> channels) {}

        record MandateLine(
                String name,
                Address account,
                Optional<String> market,
                String kind,
                String actBelow,
                String aim,
                Instant expires,
                boolean live) {}

        @Override
        public Integer call() {
            MarginSettings settings = configured();
            Table table = Table.columns("what", "name", "account", "market", "says");
            List<WatchLine> watches =
                    settings.watches().stream().map(ListAll::line).toList();
            watches.forEach(it ->
                    table.row("watch", it.name, it.account, it.market.orElse("all"), it.levels + " to " + it.channels));
            List<MandateLine> mandates =
                    settings.mandates().stream().map(ListAll::line).toList();
            mandates.forEach(it -> table.row(
                    "mandate",
                    it.name,
                    it.account,
                    it.market.orElse("all"),
                    it.kind + " below " + it.actBelow + " to " + it.aim + " until " + it.expires
                            + (it.live ? ", live" : ", dry")));
            List<String> channels =
                    settings.channels().stream().map(Channel::name).toList();
            channels.forEach(it -> table.row("channel", it, "", "", ""));
            output.show(new Answer(watches, channels, mandates), table);
            return 0;
        }

        private static WatchLine line(Watch watch) {
            return new WatchLine(
                    watch.name(),
                    watch.scope().account(),
                    watch.scope().market(),
                    watch.levels().stream().map(Level::toString).toList(),
                    watch.channels());
        }

        private static MandateLine line(Mandate mandate) {
            return new MandateLine(
                    mandate.name(),
                    mandate.scope().account(),
                    mandate.scope().market(),
                    mandate.kind().word(),
                    mandate.actBelow().toString(),
                    mandate.aim().toString(),
                    mandate.expires(),
                    mandate.live());
        }
    }

    @Command(
            name = "test-channel",
            description =
                    "Sends one message through a channel of the configuration, and tells how that ended: exit code 1"
                            + " where it failed.")
    static final class TestChannel implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "The channel: plimsoll.margin.channels.NAME.kind is configured.")
        @SuppressWarnings("NullAway.Init")
        private String name;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Output output;

        /** What {@code --json} prints. */
        record Outcome(String channel, boolean delivered, Optional<String> because) {}

        @Override
        public Integer call() {
            List<Channel> channels = configured().channels();
            Channel channel = channels.stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> CommandFailure.usage(
                            "Channel is not configured: found=" + name + " known="
                                    + channels.stream().map(Channel::name).toList(),
                            "NAME"));
            Outcome answer =
                    switch (channel.deliver(message(InstantSource.system().instant()))) {
                        case Channel.Delivery.Delivered _ -> new Outcome(name, true, Optional.empty());
                        case Channel.Delivery.Failed failed -> new Outcome(name, false, Optional.of(failed.why()));
                    };
            output.show(
                    answer,
                    answer.delivered
                            ? "Channel " + name + " has taken the message"
                            : "Channel " + name + " has not: " + answer.because.orElse(""));
            return answer.delivered ? 0 : 1;
        }

        private Outbox.Message message(Instant now) {
            String key = "test/" + name + "/" + now.getEpochSecond();
            return new Outbox.Message(
                    0,
                    key,
                    name,
                    "Test of the margin call channel " + name,
                    "This is a test. Nobody's position has changed.",
                    Json.write(Map.of("type", "test", "id", key, "channel", name)),
                    1);
        }
    }
}
