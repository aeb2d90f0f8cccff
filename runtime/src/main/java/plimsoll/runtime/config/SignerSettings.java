package plimsoll.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.key.KeyException;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.SignerSource;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.runtime.cli.CommandFailure;

/**
 * Where the signing key is, and which configuration key says so.
 *
 * @param key for messages, such as {@code plimsoll.signer.keystore}
 */
public record SignerSettings(SignerSource source, String key) {

    private static final String PREFIX = "plimsoll.signer.";

    /** The keys of which one names the source, for messages. */
    public static final String KEYS = PREFIX + "keystore, key-env, key-file, remote-url or kms";

    /**
     * What the keys say; absent where none is given.
     *
     * @throws CommandFailure naming the keys that contradict each other or the one that is missing
     */
    static Optional<SignerSettings> of(ServiceConfig.SignerConfig config) {
        List<SignerSettings> given = new ArrayList<>();
        config.keystore()
                .ifPresent(file -> given.add(of(
                        "keystore",
                        new SignerSource.Keystore(
                                file, required(config.passwordFile(), "keystore", "password-file")))));
        config.keyEnv().ifPresent(name -> given.add(of("key-env", new SignerSource.Variable(name))));
        config.keyFile().ifPresent(file -> given.add(of("key-file", new SignerSource.KeyFile(file))));
        config.remoteUrl()
                .ifPresent(url -> given.add(of(
                        "remote-url",
                        new SignerSource.Remote(
                                RpcSettings.of(url), required(config.address(), "remote-url", "address")))));
        config.kms().ifPresent(key -> given.add(of("kms", kms(key))));
        if (given.size() > 1) {
            throw CommandFailure.configuration(
                    "Two keys are configured: " + given.get(0).key + " and " + given.get(1).key, given.get(1).key);
        }
        return given.stream().findFirst();
    }

    private static SignerSettings of(String key, SignerSource source) {
        return new SignerSettings(source, PREFIX + key);
    }

    private static <T> T required(Optional<T> value, String key, String needed) {
        return value.orElseThrow(
                () -> CommandFailure.configuration(PREFIX + key + " needs " + PREFIX + needed, PREFIX + needed));
    }

    private static SignerSource.Kms kms(String text) {
        try {
            return SignerSource.Kms.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.configuration(PREFIX + "kms: " + e.getMessage(), PREFIX + "kms");
        }
    }

    /**
     * Opens the key.
     *
     * @param environment the process's variables
     * @throws CommandFailure in one sentence that names the configuration key and never holds a secret
     */
    public Signer open(Map<String, String> environment) {
        try {
            return source.open(environment);
        } catch (KeyException e) {
            String message = String.valueOf(e.getMessage());
            throw e.kind() == KeyException.Kind.REJECTED
                    ? CommandFailure.configuration(message, key)
                    : CommandFailure.outside(message, key);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.configuration(key + ": " + e.getMessage(), key);
        }
    }
}
