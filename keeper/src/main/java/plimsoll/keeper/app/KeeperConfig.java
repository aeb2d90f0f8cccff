package plimsoll.keeper.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

/** Every key that the keeper understands. An unknown key under {@code plimsoll} stops the start. */
@ConfigMapping(prefix = "plimsoll")
public interface KeeperConfig {

    /** Where the embedded database and other local state live. */
    @WithDefault("data")
    Path dataFolder();

    /** The project's folder; the start script sets it. */
    Optional<Path> root();

    DatabaseConfig database();

    ChainConfig chain();

    MarketConfig market();

    SignerConfig signer();

    Keeper keeper();

    interface DatabaseConfig {
        /** A PostgreSQL of yours; without it one is started in the data folder. */
        Optional<String> jdbcUrl();

        /** The user at that database. */
        Optional<String> user();

        /** The user's password. */
        Optional<String> password();
    }

    interface ChainConfig {
        /** The JSON-RPC endpoint. */
        @WithDefault("http://127.0.0.1:8545")
        URI rpcUrl();

        /** The chain that the endpoint must serve; another one stops the start. */
        @WithDefault("31337")
        long id();

        /** Blocks on top of a transaction's block before it counts as final. */
        @WithDefault("2")
        int confirmations();

        /** How long a transaction may wait for a block before its fees are raised. */
        @WithDefault("PT15S")
        Duration bumpAfter();
    }

    interface MarketConfig {
        /** The market's Pool contract; everything else is read from it. */
        @WithConverter(Converters.ToAddress.class)
        Optional<Address> pool();

        /** The block in which the Pool was made; logs are read from here. */
        @WithDefault("0")
        long firstBlock();

        /** The Multicall3 contract, where the chain has one. */
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
    }

    interface Keeper {
        /** Send transactions; otherwise everything is decided, tried and journaled, and nothing sent. */
        @WithDefault("false")
        boolean live();

        /** The least profit of a liquidation after repayment and gas, in the market's base currency. */
        @WithDefault("1")
        @WithConverter(Converters.ToBaseValue.class)
        BaseValue minProfit();

        /** Above this gas price, in gwei, nothing is sent. */
        @WithDefault("500")
        @WithConverter(Converters.ToGasPrice.class)
        GasPrice maxGasPrice();

        /** How often the chain is asked for a new block. */
        @WithDefault("PT0.05S")
        Duration pollInterval();

        /** A price round older than this is stale, unless the asset has a heartbeat of its own. */
        @WithDefault("PT25H")
        Duration heartbeat();

        /** The heartbeat of single assets, by the asset's address. */
        Map<String, Duration> heartbeats();

        /** The wrapped form of the chain's coin among the market's assets; prices gas. Without it gas counts as free. */
        @WithConverter(Converters.ToAddress.class)
        Optional<Address> coin();

        Venue venue();

        /** Where seized collateral is sold. */
        interface Venue {
            /** The Uniswap v3 SwapRouter; without it seized collateral is kept. */
            @WithConverter(Converters.ToAddress.class)
            Optional<Address> router();

            /** The Uniswap v3 QuoterV2. */
            @WithConverter(Converters.ToAddress.class)
            Optional<Address> quoter();

            /** The pools' fee tier, in hundredths of a basis point. */
            @WithDefault("3000")
            int fee();

            /** The most that a sale may bring below the market's own price. */
            @WithDefault("3")
            @WithConverter(Converters.ToBps.class)
            Bps maxSlippage();
        }
    }
}
