package plimsoll.runtime.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import plimsoll.runtime.cli.CommandFailure;

/** One process's use of the embedded server: joined at the start, left at {@link #leave} or at the end of the process. */
final class Membership {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path lockFile;
    private final Members members;
    private final Members.Place place;
    private final EmbeddedServer server;
    private final EmbeddedServer.Access access;
    private final AtomicBoolean left = new AtomicBoolean();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Thread atExit = new Thread(this::leaveAtExit, "leave-postgres");
    private volatile Duration grace = Duration.ZERO;

    private Membership(
            Path lockFile, Members members, Members.Place place, EmbeddedServer server, EmbeddedServer.Access access) {
        this.lockFile = lockFile;
        this.members = members;
        this.place = place;
        this.server = server;
        this.access = access;
    }

    static Membership join(Path dataFolder) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            Path lockFile = folder.resolve("pg.lock");
            try (FolderLock _ = FolderLock.take(lockFile)) {
                EmbeddedServer server = new EmbeddedServer(folder);
                Members members = new Members(folder.resolve("pg.users"));
                Members.Place place = members.join();
                try {
                    Membership membership = new Membership(lockFile, members, place, server, server.attachOrStart());
                    Runtime.getRuntime().addShutdownHook(membership.atExit);
                    return membership;
                } catch (IOException | RuntimeException e) {
                    place.giveUp();
                    throw e;
                }
            }
        } catch (FileSystemException e) {
            String why = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
            throw CommandFailure.configuration(
                            "Data folder is not writable: " + DatabaseSettings.DATA_FOLDER_KEY + "=" + dataFolder + ": "
                                    + why,
                            DatabaseSettings.DATA_FOLDER_KEY)
                    .because(e);
        } catch (IOException e) {
            throw CommandFailure.outside(folder, "embedded PostgreSQL does not start: " + e.getMessage())
                    .because(e);
        }
    }

    EmbeddedServer.Access access() {
        return access;
    }

    void patientAtExit(Duration time) {
        grace = time;
    }

    void leave() {
        leaveOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook finds that we have left.
        }
    }

    private void leaveAtExit() {
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            while (System.nanoTime() < deadline && !ownerIsExiting()) {
                if (gone.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            leaveOnce();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether a thread has called {@code System.exit}: it will never come back to close the database. A signal does not end a
     * process this way, but Quarkus does when it has stopped after one.
     */
    private static boolean ownerIsExiting() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }

    private void leaveOnce() {
        if (left.getAndSet(true)) {
            return;
        }
        try (FolderLock _ = FolderLock.take(lockFile)) {
            place.giveUp();
            if (members.isEmpty()) {
                server.stop();
            }
        } catch (IOException e) {
            throw CommandFailure.outside(lockFile, "embedded PostgreSQL could not be left: " + e.getMessage())
                    .because(e);
        } finally {
            gone.countDown();
        }
    }
}
