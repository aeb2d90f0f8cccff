package plimsoll.runtime.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.key.KeyException;
import plimsoll.chain.key.Signer;
import plimsoll.runtime.cli.CommandFailure;

/** Where the signing key comes from; it never holds the key itself. */
public sealed interface SignerSource {

    /** The keys of which one names the source, for messages. */
    String KEYS = "plimsoll.signer.keystore or plimsoll.signer.key-env";

    /** A V3 keystore, and the file whose first line opens it. */
    record Keystore(Path file, Path passwordFile) implements SignerSource {}

    /** The environment variable of this name. */
    record Variable(String name) implements SignerSource {}

    /**
     * What the keys say; absent where none is given.
     *
     * @throws CommandFailure naming the keys that contradict each other or the one that is missing
     */
    static Optional<SignerSource> of(ServiceConfig.SignerConfig config) {
        if (config.keystore().isPresent() && config.keyEnv().isPresent()) {
            throw CommandFailure.configuration(
                    "Two keys are configured: plimsoll.signer.keystore and plimsoll.signer.key-env",
                    "plimsoll.signer.key-env");
        }
        if (config.keystore().isPresent()) {
            Path password = config.passwordFile()
                    .orElseThrow(() -> CommandFailure.configuration(
                            "The keystore's password is missing: plimsoll.signer.keystore needs"
                                    + " plimsoll.signer.password-file",
                            "plimsoll.signer.password-file"));
            return Optional.of(new Keystore(config.keystore().get(), password));
        }
        return config.keyEnv().map(Variable::new);
    }

    /** The configuration key that says so. */
    default String key() {
        return switch (this) {
            case Keystore _ -> "plimsoll.signer.keystore";
            case Variable _ -> "plimsoll.signer.key-env";
        };
    }

    /**
     * Opens the key.
     *
     * @param environment the process's variables
     * @throws CommandFailure in one sentence that names the configuration key and never holds a secret
     */
    default Signer open(Map<String, String> environment) {
        try {
            return switch (this) {
                case Keystore(Path file, Path password) -> Signer.fromKeystore(file, password);
                case Variable(String name) -> Signer.fromEnvironment(name, environment);
            };
        } catch (KeyException e) {
            throw CommandFailure.configuration(String.valueOf(e.getMessage()), key());
        }
    }
}
