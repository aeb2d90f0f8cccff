package plimsoll.runtime.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import plimsoll.runtime.work.Folders;

/**
 * The server of a data folder. It runs in a session of its own (pg_ctl sees to that), so neither the death nor the Ctrl-C of
 * the process that started it reaches it. It listens on loopback only, with a password that lies in the data folder, readable
 * by its owner. Every method expects the folder's lock to be held.
 */
final class EmbeddedServer {

    private static final String USER = "plimsoll";
    private static final String DATABASE = "plimsoll";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int PORTS_TO_TRY = 5;

    private final Path folder;
    private final Path cluster;
    private final Path passwordFile;
    private final Path log;

    EmbeddedServer(Path folder) {
        this.folder = folder;
        this.cluster = folder.resolve("pg");
        this.passwordFile = folder.resolve("pg.password");
        this.log = folder.resolve("pg.log");
    }

    /** How to reach a server. */
    record Access(String jdbcUrl, String user, String password) {
        @Override
        public String toString() {
            return "Access[" + jdbcUrl + "]";
        }
    }

    /** Attaches to the running server, whoever started it, or starts it. */
    Access attachOrStart() throws IOException {
        Optional<PostmasterFile> running = PostmasterFile.of(cluster);
        if (running.isPresent()) {
            if (running.get().namesALivePostgres()) {
                return awaitAnswer();
            }
            Files.deleteIfExists(running.get().file());
        }
        PostgresPrograms programs = PostgresPrograms.unpackedIn(programsFolder());
        if (!Files.exists(cluster)) {
            makeCluster(programs);
        }
        start(programs);
        return awaitAnswer();
    }

    /** Stops the server, letting it finish its files but not its clients. */
    void stop() throws IOException {
        if (PostmasterFile.of(cluster)
                .filter(PostmasterFile::namesALivePostgres)
                .isEmpty()) {
            return;
        }
        PostgresPrograms.unpackedIn(programsFolder())
                .run(log, "pg_ctl", List.of("stop", "-D", cluster.toString(), "-m", "fast", "-w", "-s"));
    }

    private void makeCluster(PostgresPrograms programs) throws IOException {
        Path half = folder.resolve("pg.new");
        Folders.delete(half);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.writeString(passwordFile, HexFormat.of().formatHex(secret));
        programs.run(
                log,
                "initdb",
                List.of(
                        "-D",
                        half.toString(),
                        "-U",
                        USER,
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "-E",
                        "UTF8",
                        "--no-locale",
                        "--no-instructions"));
        Files.move(half, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A port may be taken between our choice and the server's; then another is tried. */
    private void start(PostgresPrograms programs) throws IOException {
        for (int tried = 1; ; tried++) {
            String options = "-c listen_addresses=127.0.0.1 -c port=" + freePort()
                    + " -c unix_socket_directories= -c max_connections=200 -c shared_buffers=64MB -c timezone=UTC"
                    + " -c log_timezone=UTC -c log_checkpoints=off";
            try {
                programs.run(
                        log,
                        "pg_ctl",
                        List.of(
                                "start",
                                "-D",
                                cluster.toString(),
                                "-l",
                                log.toString(),
                                "-w",
                                "-s",
                                "-t",
                                "60",
                                "-o",
                                options));
                return;
            } catch (IOException e) {
                if (tried == PORTS_TO_TRY) {
                    throw e;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits for a server that may still be starting or recovering, and makes sure that it is this folder's. */
    private Access awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String password = password();
        while (true) {
            Optional<PostmasterFile> running = PostmasterFile.of(cluster);
            String problem = "it wrote no port";
            if (running.isPresent() && running.get().port() > 0) {
                String server = "jdbc:postgresql://127.0.0.1:" + running.get().port() + "/";
                try (Connection connection = Connections.open(server + "postgres", USER, password)) {
                    requireThisFolder(connection, running.get().port());
                    createDatabase(connection);
                    return new Access(server + DATABASE, USER, password);
                } catch (SQLException e) {
                    problem = String.valueOf(e.getMessage());
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("the server does not answer: " + problem + ", see " + log);
            }
            pause();
        }
    }

    private void requireThisFolder(Connection connection, int port) throws SQLException, IOException {
        String served = single(connection, "SHOW data_directory");
        if (!Files.isSameFile(Path.of(served), cluster)) {
            throw new IOException(
                    "port " + port + " is served from another folder: found=" + served + " expected=" + cluster);
        }
    }

    private static void createDatabase(Connection connection) throws SQLException {
        if (single(connection, "SELECT count(*) FROM pg_database WHERE datname = '" + DATABASE + "'")
                .equals("0")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private static String single(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String password() throws IOException {
        if (!Files.exists(passwordFile)) {
            throw new IOException(
                    "the server's password is missing: " + passwordFile + " (restore it, or remove " + cluster + ")");
        }
        return Files.readString(passwordFile).strip();
    }

    /** Tests and machines with many data folders share the programs by naming a folder for them. */
    private Path programsFolder() {
        String shared = System.getProperty("plimsoll.postgres.programs", "");
        return shared.isEmpty() ? folder.resolve("pgbin") : Path.of(shared);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for PostgreSQL", e);
        }
    }
}
