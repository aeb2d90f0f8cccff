package plimsoll.acceptance.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Market;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Bps;
import plimsoll.units.Price;

/** The local chain alone, with its market. */
@Command(
        name = "devnet",
        description =
                "The local chain alone: anvil with a real Aave v3.6 market, Chainlink feeds, a governor and Uniswap"
                        + " v3.",
        subcommands = {
            DevnetCommand.Up.class,
            DevnetCommand.Down.class,
            DevnetCommand.Crash.class,
            DevnetProxyCommand.class
        })
final class DevnetCommand {

    /** Where a running devnet says how to reach it. */
    private static Path stateFile() {
        return Path.of(System.getProperty("plimsoll.root", "."), "target", "devnet", "running.properties");
    }

    private static URI control() {
        Path file = stateFile();
        Properties state = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            state.load(reader);
        } catch (IOException e) {
            throw CommandFailure.outside("No devnet is running here: start one with ./plimsoll devnet up")
                    .because(e);
        }
        return URI.create("http://127.0.0.1:" + state.getProperty("control"));
    }

    private static String ask(String path) {
        URI control = control();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(control.resolve(path))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw CommandFailure.outside("The devnet refused: " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw CommandFailure.outside("The devnet does not answer: start one with ./plimsoll devnet up")
                    .because(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.outside("Interrupted").because(e);
        }
    }

    @Command(name = "up", description = "Start the chain and its market; runs until interrupted or told to go down.")
    static final class Up implements Callable<Integer> {

        @Mixin
        private final Output output = new Output();

        @Option(names = "--port", defaultValue = "8545", description = "The node's port (default: ${DEFAULT-VALUE}).")
        private int port = 8_545;

        @Option(names = "--seed", defaultValue = "7", description = "The same seed gives the same block hashes.")
        private long seed = 7;

        @Override
        public Integer call() throws IOException, InterruptedException {
            CountDownLatch down = new CountDownLatch(1);
            DevnetSettings settings = DevnetSettings.ofSeed(seed).withPort(port).withProgress(output::message);
            try (Devnet devnet = start(settings);
                    var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                control.setExecutor(executor);
                control.createContext("/down", exchange -> {
                    answer(exchange, "going down");
                    down.countDown();
                });
                control.createContext("/crash", exchange -> {
                    String query = String.valueOf(exchange.getRequestURI().getQuery());
                    answer(exchange, crash(devnet.market(), new Bps(Integer.parseInt(query))));
                });
                control.start();
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(Up::forget));
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(devnet::close));
                remember(control.getAddress().getPort());
                Map<String, Object> facts = facts(devnet);
                Table table = Table.facts();
                facts.forEach(table::row);
                output.show(facts, table);
                down.await();
                control.stop(0);
                return 0;
            } finally {
                forget();
            }
        }

        private static Devnet start(DevnetSettings settings) {
            try {
                return Devnet.start(settings);
            } catch (IllegalStateException e) {
                throw CommandFailure.outside("The local chain did not start: " + e.getMessage())
                        .because(e);
            }
        }

        private static String crash(Market market, Bps share) {
            Map<Asset, Price> prices = new java.util.EnumMap<>(Asset.class);
            market.prices()
                    .forEach((asset, price) -> prices.put(
                            asset,
                            asset == Asset.USDC
                                    ? price
                                    : price.times(
                                            Bps.ONE_HUNDRED_PERCENT.minus(share), java.math.RoundingMode.HALF_UP)));
            market.pricesAre(prices);
            market.arbitrage();
            Table table = Table.facts();
            prices.forEach(table::row);
            return table.toString();
        }

        private static Map<String, Object> facts(Devnet devnet) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("rpcUrl", devnet.rpcUrl());
            facts.put("chainId", devnet.addresses().chainId().toString());
            facts.put("pool", devnet.addresses().pool().toString());
            facts.put("governor", devnet.addresses().governor().toString());
            facts.put("timelock", devnet.addresses().timelock().toString());
            facts.put("multicall3", devnet.addresses().multicall3().toString());
            facts.put("swapRouter", devnet.addresses().swapRouter().toString());
            facts.put("quoter", devnet.addresses().quoter().toString());
            for (Asset asset : Asset.values()) {
                facts.put(asset.name(), devnet.addresses().of(asset).token().toString());
            }
            return facts;
        }

        private static void remember(int controlPort) throws IOException {
            Files.createDirectories(stateFile().getParent());
            Files.writeString(stateFile(), "control=" + controlPort + "\n");
        }

        private static void forget() {
            try {
                Files.deleteIfExists(stateFile());
            } catch (IOException _) {
                // A stale file names a port where nobody answers, which the other commands say.
            }
        }

        private static void answer(com.sun.net.httpserver.HttpExchange exchange, String text) throws IOException {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Command(name = "down", description = "End the running chain.")
    static final class Down implements Callable<Integer> {

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            String said = ask("/down");
            output.show(Map.of("devnet", said), said);
            return 0;
        }
    }

    @Command(name = "crash", description = "Let every price but USDC's fall on the running chain.")
    static final class Crash implements Callable<Integer> {

        @Mixin
        private final Output output = new Output();

        @Option(names = "--percent", defaultValue = "30", description = "How far (default: ${DEFAULT-VALUE}).")
        private int percent = 30;

        @Override
        public Integer call() {
            if (percent < 1 || percent > 99) {
                throw CommandFailure.usage("Percent is outside 1..99: found=" + percent, "--percent");
            }
            String said = ask("/crash?" + Bps.percent(percent).raw());
            output.show(Map.of("percent", percent), said);
            return 0;
        }
    }
}
