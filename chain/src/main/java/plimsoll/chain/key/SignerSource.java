package plimsoll.chain.key;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.units.Address;

/** Where a signing key is, as a configuration names it. Holds names and places only, so all of it may be shown. */
public sealed interface SignerSource {

    /** A V3 keystore file and the file whose first line is its password. */
    record Keystore(Path keystore, Path passwordFile) implements SignerSource {}

    /** An environment variable that holds 32 bytes of hex. */
    record Variable(String name) implements SignerSource {}

    /** A file that holds 32 bytes of hex. */
    record KeyFile(Path file) implements SignerSource {}

    /**
     * An account of a signer that speaks {@code eth_signTransaction}, such as web3signer.
     *
     * @param rpc where it listens; its time-out is how long a lane waits for a signature
     */
    record Remote(RpcSettings rpc, Address account) implements SignerSource {}

    /**
     * A key in a service.
     *
     * @param provider the service's name, such as {@code aws}
     * @param key the key's name there, such as an ARN or an alias
     */
    record Kms(String provider, String key) implements SignerSource {

        /** Reads {@code aws:arn:aws:kms:...} or {@code aws:alias/keeper}. */
        public static Kms parse(String text) {
            int colon = text.indexOf(':');
            if (colon < 1 || colon == text.length() - 1) {
                throw new IllegalArgumentException("KMS key is not PROVIDER:KEY: found=" + text);
            }
            return new Kms(text.substring(0, colon), text.substring(colon + 1));
        }
    }

    /**
     * Opens the key; a remote one is asked whether it is there.
     *
     * @throws KeyException where it cannot be had
     */
    default Signer open(Map<String, String> environment) {
        return switch (this) {
            case Keystore(Path keystore, Path passwordFile) -> Signer.fromKeystore(keystore, passwordFile);
            case Variable(String name) -> Signer.fromEnvironment(name, environment);
            case KeyFile(Path file) -> Signer.fromKeyFile(file);
            case Remote(RpcSettings rpc, Address account) -> Signer.remote(new RpcClient(rpc), account);
            case Kms(String provider, String key) ->
                Signer.fromKms(provider(provider).open(key));
        };
    }

    private static KmsProvider provider(String name) {
        List<KmsProvider> known = ServiceLoader.load(KmsProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return known.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new KeyException("This build has no such key service: provider=" + name + " has="
                        + known.stream().map(KmsProvider::name).toList() + "; build with -Pkms"));
    }
}
