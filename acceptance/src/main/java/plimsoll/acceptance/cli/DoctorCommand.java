package plimsoll.acceptance.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;

/** Looks at the set-up and says what is wrong and how to mend it. */
@Command(
        name = "doctor",
        description = "What is wrong with this set-up and how to mend it. Exit code 1 where something must be mended.")
final class DoctorCommand implements Callable<Integer> {

    private static final long LEAST_DISK_BYTES = 2L << 30;

    @Mixin
    private final Output output = new Output();

    /** One thing looked at; {@code mend} is empty where all is well. */
    record Finding(String what, boolean ok, String found, String mend) {}

    @Override
    public Integer call() {
        Path root = Path.of(System.getProperty("plimsoll.root", ".")).toAbsolutePath();
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(tool("mvn", "Install Maven 3.8.7 or newer; only building needs it."));
        findings.add(tool("node", "Install Node.js 20 or newer; the local chain needs it."));
        findings.add(tool("npm", "Install npm with Node.js; the local chain's contracts come from it."));
        findings.add(disk(root));
        findings.add(writable(root.resolve("target")));
        findings.add(packaged(root, "oracle"));
        findings.add(packaged(root, "keeper"));
        boolean ok = findings.stream().allMatch(Finding::ok);
        Table table = Table.columns("", "what", "found", "mend");
        findings.forEach(f -> table.row(f.ok() ? "ok" : "!!", f.what(), f.found(), f.mend()));
        output.show(Map.of("ok", ok, "findings", findings), table);
        return ok ? 0 : 1;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return new Finding(
                "JDK", version >= 25, Runtime.version().toString(), version >= 25 ? "" : "Install a JDK 25 or newer.");
    }

    private static Finding tool(String name, String mend) {
        try {
            Process process = new ProcessBuilder(name, "--version")
                    .redirectErrorStream(true)
                    .start();
            String answer =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            boolean ok = process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
            String first = answer.lines().findFirst().orElse("").replaceAll("\u001B\\[[;\\d]*m", "");
            return new Finding(name, ok, first, ok ? "" : mend);
        } catch (IOException e) {
            return new Finding(name, false, "not found on the PATH", mend);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Finding(name, false, "interrupted", mend);
        }
    }

    private static Finding disk(Path root) {
        try {
            FileStore store = Files.getFileStore(root);
            long free = store.getUsableSpace();
            boolean ok = free >= LEAST_DISK_BYTES;
            return new Finding("disk", ok, (free >> 20) + " MiB free", ok ? "" : "Free at least 2 GiB.");
        } catch (IOException e) {
            return new Finding("disk", false, String.valueOf(e.getMessage()), "Check the file system of the checkout.");
        }
    }

    private static Finding writable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "doctor", ""));
            return new Finding("target folder", true, "writable", "");
        } catch (IOException e) {
            return new Finding("target folder", false, "not writable", "Make the checkout writable for this user.");
        }
    }

    private static Finding packaged(Path root, String app) {
        boolean ok = Files.isRegularFile(root.resolve(app).resolve("target/quarkus-app/quarkus-run.jar"));
        return new Finding(app, ok, ok ? "packaged" : "not packaged", ok ? "" : "Run any ./plimsoll command to build.");
    }
}
