package plimsoll.acceptance.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.devnet.fault.Fault;
import plimsoll.devnet.fault.FaultProxy;
import plimsoll.devnet.fault.FaultSetting;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;

/** Puts a proxy before a node that fails and lies on demand, so that people can watch what their clients do. */
@Command(
        name = "proxy",
        description = "A proxy before any node that drops, delays, garbles and lies on demand; runs until interrupted.",
        footerHeading = "%nFaults, with an example of each (percentages are chances; 100%% where none is given):%n",
        footer = {
            "  drops=20%%            exchanges are never answered",
            "  delays=200@50%%       half of the answers come 200 ms late",
            "  duplicates=10%%       requests reach the node twice; a batch holds an answer twice",
            "  reorders             the answers of a batch come in another order",
            "  truncates=10%%        the body ends early",
            "  disconnects=10%%      the connection is reset in the middle of the answer",
            "  errorStorm=80%%       HTTP 500, 503 or a JSON-RPC error in place of the answer",
            "  rateLimits=50        above 50 requests a second: HTTP 429 or JSON-RPC error -32005",
            "  staleHead=5          stands 5 blocks behind in everything that it answers",
            "  forgesLogs=30%%       eth_getLogs holds events that never happened",
            "  hidesLogs=30%%        eth_getLogs leaves out events, always the same ones",
            "  wrongPrice=80        every feed's price is 80 %% of the truth; wrongPrice=80:0xFEED for one feed",
            "  flipsReceipts        success reads as failure and failure as success",
            "  inventsReceipts      waiting transactions read as mined",
            "  hidesReceipts=50%%    mined transactions read as unknown",
            "  wrongNonce=-2        transaction counts are 2 too low",
            "  wrongHash=20%%        blocks bear another hash, consistently",
            "  liesOnBatches        wrong in batches, right in single requests",
            "  forgets=30%%          takes transactions and throws them away",
            "Example: ./plimsoll devnet proxy --target http://127.0.0.1:8545 --fault staleHead=5 --fault drops=20%%"
        })
final class DevnetProxyCommand implements Callable<Integer> {

    private static final long REPORT_SECONDS = 60;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--target",
            defaultValue = "http://127.0.0.1:8545",
            description = "The node's http or https URL (default: ${DEFAULT-VALUE}).")
    private String target = "http://127.0.0.1:8545";

    @Option(
            names = "--port",
            defaultValue = "8546",
            description = "The proxy's port on 127.0.0.1, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port = 8_546;

    @Option(names = "--seed", defaultValue = "7", description = "The same seed makes the same choices.")
    private long seed = 7;

    @Option(names = "--fault", description = "What goes wrong, as below; may be given several times.")
    private List<String> faults = List.of();

    @Override
    public Integer call() throws InterruptedException {
        List<FaultSetting> settings = settings();
        CountDownLatch interrupted = new CountDownLatch(1);
        try (FaultProxy proxy = open()) {
            settings.forEach(proxy::inject);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> output.message(table(proxy))));
            Map<String, Object> facts = facts(proxy);
            Table table = Table.facts();
            facts.forEach(table::row);
            output.show(facts, table);
            while (!interrupted.await(REPORT_SECONDS, TimeUnit.SECONDS)) {
                output.message(line(proxy));
            }
        }
        return 0;
    }

    private List<FaultSetting> settings() {
        List<FaultSetting> settings = new ArrayList<>();
        for (String fault : faults) {
            try {
                settings.add(FaultSetting.parse(fault));
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()), "--fault")
                        .because(e);
            }
        }
        return settings;
    }

    private FaultProxy open() {
        if (port < 0 || port > 65_535) {
            throw CommandFailure.usage("Port is outside 0..65535: found=" + port, "--port");
        }
        try {
            return FaultProxy.before(target, port, seed);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--target")
                    .because(e);
        } catch (UncheckedIOException e) {
            throw CommandFailure.outside(String.valueOf(e.getMessage()), "--port")
                    .because(e);
        }
    }

    private Map<String, Object> facts(FaultProxy proxy) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("rpcUrl", proxy.url());
        facts.put("webSocketUrl", proxy.webSocketUrl());
        facts.put("seed", seed);
        facts.put(
                "faults", proxy.settings().stream().map(FaultSetting::toString).toList());
        return facts;
    }

    private static String line(FaultProxy proxy) {
        return proxy.strikes().isEmpty()
                ? "struck: nothing yet"
                : proxy.strikes().entrySet().stream()
                        .map(strike -> strike.getKey().word() + "=" + strike.getValue())
                        .collect(Collectors.joining(" ", "struck: ", ""));
    }

    private static String table(FaultProxy proxy) {
        Table table = Table.columns("fault", "struck");
        for (FaultSetting setting : proxy.settings()) {
            Fault fault = setting.fault();
            table.row(setting, proxy.struck(fault));
        }
        return table.toString();
    }
}
