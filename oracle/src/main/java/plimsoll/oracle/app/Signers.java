package plimsoll.oracle.app;

import java.util.Map;
import java.util.Optional;
import plimsoll.chain.key.KeyException;
import plimsoll.chain.key.Signer;
import plimsoll.runtime.cli.CommandFailure;

/** Opens the configured key, or says with its configuration key why not. */
final class Signers {

    private Signers() {}

    /** Absent where no key is configured. */
    static Optional<Signer> open(OracleConfig.SignerConfig config, Map<String, String> environment) {
        if (config.keystore().isPresent() && config.keyEnv().isPresent()) {
            throw CommandFailure.configuration(
                    "Two keys are configured: plimsoll.signer.keystore and plimsoll.signer.key-env",
                    "plimsoll.signer.key-env");
        }
        try {
            if (config.keyEnv().isPresent()) {
                return Optional.of(Signer.fromEnvironment(config.keyEnv().get(), environment));
            }
            if (config.keystore().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(Signer.fromKeystore(
                    config.keystore().get(),
                    config.passwordFile()
                            .orElseThrow(() -> CommandFailure.configuration(
                                    "plimsoll.signer.keystore needs plimsoll.signer.password-file",
                                    "plimsoll.signer.password-file"))));
        } catch (KeyException e) {
            String key = config.keyEnv().isPresent() ? "plimsoll.signer.key-env" : "plimsoll.signer.keystore";
            throw CommandFailure.configuration(String.valueOf(e.getMessage()), key);
        }
    }
}
