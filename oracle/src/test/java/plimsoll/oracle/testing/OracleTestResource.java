package plimsoll.oracle.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.exception.CipherException;
import org.web3j.protocol.ObjectMapperFactory;
import plimsoll.devnet.Account;
import plimsoll.devnet.Devnet;
import plimsoll.runtime.testing.TestDatabase;

/** A devnet market and a database of its own for the service under test. */
public final class OracleTestResource implements QuarkusTestResourceLifecycleManager {

    private static final String PASSWORD = "a password of this test";

    private static Optional<Devnet> running = Optional.empty();

    private Optional<TestDatabase> database = Optional.empty();
    private Map<String, String> own = Map.of();

    /** Keys of the test's own, above those that every test has. */
    @Override
    public void init(Map<String, String> keys) {
        own = Map.copyOf(keys);
    }

    /** The market that the service works on. */
    public static Devnet devnet() {
        return running.orElseThrow();
    }

    @Override
    public Map<String, String> start() {
        Devnet devnet = MarketFixture.start(5);
        running = Optional.of(devnet);
        TestDatabase created = TestDatabase.migrated().create();
        database = Optional.of(created);
        Map<String, String> values = new HashMap<>(created.quarkusConfiguration());
        values.put("plimsoll.chain.rpc-url", devnet.rpcUrl());
        values.put("plimsoll.chain.id", devnet.addresses().chainId().toString());
        values.put("plimsoll.chain.confirmations", "1");
        values.put("plimsoll.market.pool", devnet.addresses().pool().hex());
        values.put("plimsoll.oracle.live", "true");
        values.put("plimsoll.oracle.governor", devnet.addresses().governor().hex());
        values.put("plimsoll.oracle.timelock", devnet.addresses().timelock().hex());
        values.put("plimsoll.oracle.follow-interval", "PT0.1S");
        values.put("plimsoll.oracle.model.fewest-returns", "100");
        values.put("plimsoll.oracle.model.paths", "2000");
        // The market's prices reach back six days, and nobody has supplied much.
        values.put("plimsoll.oracle.eligibility.fewest-days-listed", "0");
        values.put("plimsoll.oracle.eligibility.least-cap-value", "0");
        values.put("plimsoll.oracle.eligibility.least-depth", "0");
        values.putAll(signer(devnet.account("steward")));
        values.putAll(own);
        return values;
    }

    @Override
    public void stop() {
        running.ifPresent(Devnet::close);
        running = Optional.empty();
        database.ifPresent(TestDatabase::drop);
    }

    private static Map<String, String> signer(Account account) {
        try {
            Path folder = Files.createTempDirectory("plimsoll-oracle-test");
            folder.toFile().deleteOnExit();
            Path keystore = folder.resolve("keystore.json");
            Path password = folder.resolve("password");
            Files.writeString(
                    keystore,
                    ObjectMapperFactory.getObjectMapper()
                            .writeValueAsString(Wallet.createLight(
                                    PASSWORD,
                                    Credentials.create(account.privateKey()).getEcKeyPair())));
            Files.writeString(password, PASSWORD + "\n");
            for (Path secret : List.of(keystore, password)) {
                Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            }
            keystore.toFile().deleteOnExit();
            password.toFile().deleteOnExit();
            return Map.of(
                    "plimsoll.signer.keystore", keystore.toString(),
                    "plimsoll.signer.password-file", password.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CipherException e) {
            throw new IllegalStateException(e);
        }
    }
}
