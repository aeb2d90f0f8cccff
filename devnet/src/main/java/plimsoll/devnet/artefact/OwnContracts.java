package plimsoll.devnet.artefact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Contracts of our own, compiled without the market's: the executor, and what it meets in tests. The build runs {@link #main} to put
 * the executor into the keeper, which never compiles anything itself.
 */
public final class OwnContracts {

    private static final String EXECUTOR = "Executor";

    private OwnContracts() {}

    /** The keeper's executor. */
    public static Artefact executor(Consumer<String> progress) {
        try {
            return Artefacts.read(compiled(Compiler.EXECUTOR, progress), EXECUTOR);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** A contract of fixtures.json, such as {@code CurveLikePool}. */
    public static Artefact fixture(String name) {
        try {
            return Artefacts.read(compiled(Compiler.FIXTURES, sentence -> {}), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Compiles the executor into the file that is named first. A machine without node builds everything else: then there is a
     * warning and no file.
     */
    public static void main(String... arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        try {
            Path compiled = compiled(Compiler.EXECUTOR, System.err::println).resolve(EXECUTOR + ".json");
            if (!Files.exists(file) || Files.mismatch(compiled, file) >= 0) {
                Files.createDirectories(file.getParent());
                Files.copy(compiled, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            System.err.println("This build will hold no executor: " + e.getMessage());
            Files.deleteIfExists(file);
        }
    }

    private static Path compiled(Compiler compiler, Consumer<String> progress) throws IOException {
        Cache cache = Cache.find();
        return cache.folder("own-contracts", compiler.key(), folder -> {
            progress.accept("Compiling our own contracts: " + compiler.settings());
            NpmPackages packages = new NpmPackages(compiler.packages(), progress);
            Path unpacked = cache.folder("own", NpmPackages.key(compiler.packages()), packages::downloadInto);
            compiler.compileInto(folder, unpacked);
        });
    }
}
