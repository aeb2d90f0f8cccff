package plimsoll.runtime.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import plimsoll.units.Address;
import plimsoll.units.Wei;

/**
 * The keys that the oracle and the keeper have in common, so that one file configures both. Each service's configuration interface
 * extends this one and adds a group of its own.
 */
public interface ServiceConfig {

    /** Where the embedded database and other local state live. */
    @WithDefault("data")
    Path dataFolder();

    DatabaseConfig database();

    ChainConfig chain();

    MarketConfig market();

    SignerConfig signer();

    interface DatabaseConfig {
        /** A PostgreSQL of yours; without it one is started in the data folder. */
        Optional<String> jdbcUrl();

        /** The user at that database. */
        Optional<String> user();

        /** The user's password. */
        Optional<String> password();
    }

    interface ChainConfig {
        /**
         * The one JSON-RPC endpoint, {@code http://127.0.0.1:8545} where no endpoints are named either. Text and not a URI: the
         * library's complaint about a wrong one would repeat its key.
         */
        Optional<String> rpcUrl();

        /** Several endpoints by their names, in place of the one. */
        Map<String, EndpointConfig> endpoints();

        /** How many independent operators must say the same where money depends on it; 2 where there are two, else 1. */
        OptionalInt quorum();

        /** The chain that the endpoints must serve; another one stops the start. */
        @WithDefault("31337")
        long id();

        /** Blocks that must hold or follow a transaction before it counts as final. */
        @WithDefault("2")
        int confirmations();

        /** How long a transaction may wait for a block before its fees are raised. */
        @WithDefault("PT15S")
        Duration bumpAfter();

        /** The most that the signer's lane may spend within 24 hours, fees and value, in the chain's coin. */
        @WithConverter(Converters.ToWei.class)
        Optional<Wei> dailySpendCap();

        /** Private relays by their names; without them transactions go to the public pool. The keeper uses them. */
        Map<String, RelayAddress> relays();

        RelayConfig relay();

        AuctionConfig auction();

        /** Where places behind oracle updates are sold: an MEV-Share node. The keeper bids there. */
        interface AuctionConfig {
            /** Where it tells of hidden transactions, as server-sent events. */
            Optional<String> hintsUrl();

            /** Where it takes bundles, {@code mev_sendBundle}. */
            Optional<String> bundlesUrl();
        }

        /** One relay. */
        interface RelayAddress {
            /** Its https address. */
            String url();
        }

        /** How relays are used. */
        interface RelayConfig {
            /** A file with the key under which relays know us, never a signer's; a new identity at each start without it. */
            Optional<Path> reputationKeyFile();

            /** How many of the next blocks are aimed at. */
            @WithDefault("3")
            int window();

            /** {@code private-only}, or {@code public-after-N}: after N blocks without it a transaction goes public. */
            @WithDefault("public-after-5")
            String policy();
        }

        /** One endpoint. */
        interface EndpointConfig {
            /** Its http or https address. */
            String url();

            /** Its ws or wss address, where it announces new blocks. */
            Optional<String> webSocketUrl();

            /** Who runs it; endpoints of one operator count as one voice. Its own name where nothing is said. */
            Optional<String> operator();

            /** Its share of the reads beside others of equal speed. */
            @WithDefault("1")
            double weight();

            /** The most exchanges at once. */
            @WithDefault("64")
            int maxInFlight();

            /** The most requests a second, each of a batch counted; without it there is no limit. */
            OptionalDouble maxRequestsPerSecond();

            /** The most requests in one exchange. */
            @WithDefault("200")
            int maxBatch();
        }
    }

    interface MarketConfig {
        /** The market's Pool contract; everything else is read from it. */
        @WithConverter(Converters.ToAddress.class)
        Optional<Address> pool();

        /** The block in which the Pool was made; logs are read from here. */
        @WithDefault("0")
        long firstBlock();

        /** The Multicall3 contract, where the chain has one: several reads then go through it where that is quicker. */
        @WithConverter(Converters.ToAddress.class)
        Optional<Address> multicall();
    }

    interface SignerConfig {
        /** A web3 keystore file. */
        Optional<Path> keystore();

        /** The file whose first line is the keystore's password. */
        Optional<Path> passwordFile();

        /** The name of an environment variable that holds the private key, in place of a keystore. */
        Optional<String> keyEnv();

        /** A file that holds the private key and that only its owner can read. */
        Optional<Path> keyFile();

        /** A signer that speaks {@code eth_signTransaction}, such as web3signer; the key stays there. */
        Optional<String> remoteUrl();

        /** The account that the remote signer signs for. */
        @WithConverter(Converters.ToAddress.class)
        Optional<Address> address();

        /** A key in a service as PROVIDER:KEY; only in builds that have the provider. */
        Optional<String> kms();
    }
}
