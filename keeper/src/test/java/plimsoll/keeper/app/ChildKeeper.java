package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import plimsoll.devnet.Account;
import plimsoll.devnet.MarketAddresses;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** A keeper's process as its test has it in hand: what it said and when, what it knows, what it holds open; and its end. */
final class ChildKeeper {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path errors;
    private final Map<String, Long> said = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Answer>> answer = new AtomicReference<>(Optional.empty());
    private final Map<Address, Line> lines = new HashMap<>();
    private long threads;
    private volatile boolean isActing;

    /** One account as the keeper has it, in raw units; {@code action} is what its last round decided. */
    record Line(String collateral, String debt, String healthFactor, String action) {}

    /** All that a keeper knows at one block. */
    record Answer(BlockNumber block, BlockHash hash, Map<Address, Line> accounts, long threads) {}

    /** What a process holds. */
    record Held(long threads, long files, long sockets) {}

    /** What a keeper is told beside the market. */
    record Setup(TestDatabase database, MarketAddresses market, Account wallet, Map<String, String> keys) {}

    private ChildKeeper(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * Lets a keeper live and end, unless one has, so that those after it start with what it loaded.
     *
     * @param life what it is to see before it ends
     */
    static void rehearse(Setup setup, Path folder, Consumer<ChildKeeper> life) throws IOException {
        if (!StartArchive.shared().isMade()) {
            ChildKeeper child = start(setup, folder, StartArchive.shared().optionsToMakeIt());
            life.accept(child);
            child.end();
        }
    }

    /** Its errors and log go to a file of this folder. */
    static ChildKeeper start(Setup setup, Path folder) throws IOException {
        return start(setup, folder, StartArchive.shared().options());
    }

    private static ChildKeeper start(Setup setup, Path folder, List<String> options) throws IOException {
        Map<String, String> keys = new HashMap<>(Map.of(
                "plimsoll.chain.id",
                setup.market.chainId().toString(),
                "plimsoll.market.pool",
                setup.market.pool().hex(),
                "plimsoll.signer.key-env",
                "KEEPER_KEY",
                "plimsoll.keeper.live",
                "true",
                "plimsoll.keeper.heartbeat",
                "PT72000H"));
        keys.putAll(setup.keys);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--add-modules=jdk.incubator.vector"));
        keys.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(options);
        command.add(KeeperProcess.class.getName());
        Path errors = Files.createTempFile(folder, "keeper-", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("KEEPER_KEY", setup.wallet.privateKey());
        builder.environment().put("KEEPER_JDBC", setup.database.jdbcUrl());
        builder.environment().put("KEEPER_USER", setup.database.user());
        builder.environment().put("KEEPER_PASSWORD", setup.database.password());
        ChildKeeper child = new ChildKeeper(builder.start(), errors);
        Thread.ofVirtual().start(child::listen);
        return child;
    }

    private void listen() {
        try (var input = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                heard(line.split(" "), line);
            }
        } catch (IOException _) {
            // Its end of the pipe is gone with it.
        }
    }

    private void heard(String[] words, String line) {
        switch (words[0]) {
            case "account" -> lines.put(new Address(words[1]), new Line(words[2], words[3], words[4], words[5]));
            case "threads" -> threads = Long.parseLong(words[1]);
            case "at" -> {
                answer.set(Optional.of(new Answer(
                        new BlockNumber(Long.parseLong(words[1])),
                        BlockHash.parse(words[2]),
                        Map.copyOf(lines),
                        threads)));
                lines.clear();
            }
            default -> {
                said.putIfAbsent(line, System.nanoTime());
                isActing = line.equals("acting") || (isActing && !line.equals("idle"));
            }
        }
    }

    /** When it first said so. */
    long await(String words) {
        waitUntil(() -> said.containsKey(words) || !process.isAlive(), words);
        return Optional.ofNullable(said.get(words)).orElseThrow(this::ended);
    }

    boolean hasSaid(String words) {
        return said.containsKey(words);
    }

    boolean isActing() {
        return isActing;
    }

    /** All that it knows now, but for its threads. */
    Answer ask() {
        return ask("book");
    }

    private Answer ask(String question) {
        answer.set(Optional.empty());
        try {
            process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw ended();
        }
        waitUntil(() -> answer.get().isPresent() || !process.isAlive(), "answer");
        return answer.get().orElseThrow(this::ended);
    }

    /** Its threads, virtual ones included, and what it has open. */
    Held held() {
        long threads = ask("threads").threads;
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            List<Path> files = open.toList();
            long sockets = files.stream()
                    .filter(file -> target(file).startsWith("socket"))
                    .count();
            return new Held(threads, files.size() - sockets, sockets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    /** What it has used of the processors, start included. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Kills it as if by {@code kill -9}; when that was. */
    long kill() {
        long now = System.nanoTime();
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return now;
    }

    /** Lets it end by itself. */
    private void end() throws IOException {
        process.getOutputStream().close();
        waitUntil(() -> !process.isAlive(), "end of " + this);
    }

    /** The last of what it wrote for people. */
    String lastWords() {
        try {
            List<String> all = Files.readAllLines(errors);
            return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    private AssertionError ended() {
        return new AssertionError("Keeper ended by itself: said=" + said.keySet() + "\n" + lastWords());
    }

    static void waitUntil(BooleanSupplier wish, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public String toString() {
        return "keeper " + process.pid();
    }
}
