package plimsoll.oracle.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

/** Every key that the oracle understands. An unknown key under {@code plimsoll} stops the start. */
@ConfigMapping(prefix = "plimsoll")
interface OracleConfig {

    /** Where the embedded database and other local state live. */
    @WithDefault("data")
    Path dataFolder();

    DatabaseConfig database();

    ChainConfig chain();

    MarketConfig market();

    SignerConfig signer();

    Oracle oracle();

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

        /** Blocks that must hold or follow a transaction before it counts as final. */
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

        /** The block in which the Pool was made; borrowers are looked for from here. */
        @WithDefault("0")
        long firstBlock();

        /** The Multicall3 contract, where the chain has one; the keeper uses it. */
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

    interface Oracle {
        /** Send proposals; otherwise everything is computed and stored, and nothing sent. */
        @WithDefault("false")
        boolean live();

        /** The OpenZeppelin Governor that proposals go to. */
        @WithConverter(Converters.ToAddress.class)
        Optional<Address> governor();

        /** The TimelockController that executes them. */
        @WithConverter(Converters.ToAddress.class)
        Optional<Address> timelock();

        /** Above this gas price, in gwei, nothing is sent. */
        @WithDefault("500")
        @WithConverter(Converters.ToGasPrice.class)
        GasPrice maxGasPrice();

        /** Time between calibrations. The first comes one interval after the start, or when asked for. */
        @WithDefault("PT24H")
        Duration interval();

        /** How often open proposals are looked at. */
        @WithDefault("PT2S")
        Duration followInterval();

        /** A price round older than this is stale, unless the asset has a heartbeat of its own. */
        @WithDefault("PT25H")
        Duration heartbeat();

        /** The heartbeat of single assets, by the asset's address. */
        Map<String, Duration> heartbeats();

        /** Newest rounds of each feed that a calibration reads. */
        @WithDefault("5000")
        int rounds();

        Model model();

        Costs costs();

        Stability stability();

        /** Most accounts that one proposal may make liquidatable by itself. */
        @WithDefault("0")
        int mostForcedLiquidations();

        /** How losses are measured. */
        interface Model {
            /** Level of expected shortfall and value at risk. */
            @WithDefault("0.99")
            double level();

            /** Prices are resampled to this period. */
            @WithDefault("PT1H")
            Duration period();

            /** Oracle lag, inclusion lag and time to sell. */
            @WithDefault("PT4H")
            Duration liquidationHorizon();

            /** How long a borrower at the LTV limit should survive. */
            @WithDefault("PT24H")
            Duration userHorizon();

            /** A history of fewer returns is no basis. */
            @WithDefault("400")
            int fewestReturns();

            /** Older returns are left out. */
            @WithDefault("10000")
            int mostReturns();

            /** Allowed beyond a feed's heartbeat. */
            @WithDefault("PT5M")
            Duration grace();

            /** Simulated paths per asset and horizon. */
            @WithDefault("20000")
            int paths();

            /** Of all chance. */
            @WithDefault("20260101")
            long seed();
        }

        /** Fractions of the liquidated value. */
        interface Costs {
            /** Distance between the market's price and the feed's answer: deviation threshold and lag. */
            @WithDefault("0.005")
            double oracleGap();

            /** Of selling the seized collateral. */
            @WithDefault("0.01")
            double slippage();

            /** Gas over the liquidated size. */
            @WithDefault("0.002")
            double gasShare();

            /** What makes a liquidator come. */
            @WithDefault("0.005")
            double liquidatorMargin();

            /** How much a sale moves the price that the feed follows, 1 or more; 1 is not at all. */
            @WithDefault("1.0")
            double impactMultiplier();
        }

        /** How far one proposal may move a reserve, in percent. */
        interface Stability {
            /** Smaller moves are not worth a vote. */
            @WithDefault("0.5")
            @WithConverter(Converters.ToBps.class)
            Bps deadBand();

            /** Most that a proposal lowers a threshold. */
            @WithDefault("3")
            @WithConverter(Converters.ToBps.class)
            Bps mostTightening();

            /** Most that a proposal raises a threshold or an LTV. */
            @WithDefault("1")
            @WithConverter(Converters.ToBps.class)
            Bps mostLoosening();

            /** No proposal raises a threshold above this. */
            @WithDefault("90")
            @WithConverter(Converters.ToBps.class)
            Bps highestThreshold();

            /** No proposal lowers a threshold below this. */
            @WithDefault("10")
            @WithConverter(Converters.ToBps.class)
            Bps lowestThreshold();
        }
    }
}
