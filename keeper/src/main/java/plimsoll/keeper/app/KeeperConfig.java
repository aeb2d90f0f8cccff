package plimsoll.keeper.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.runtime.config.Converters;
import plimsoll.runtime.config.ServiceConfig;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/** Every key that the keeper understands: those of {@link ServiceConfig} and its own. An unknown key under {@code plimsoll} stops the start. */
@ConfigMapping(prefix = "plimsoll")
public interface KeeperConfig extends ServiceConfig {

    Keeper keeper();

    MarginConfig.Margin margin();

    interface Keeper {
        /** Send transactions; otherwise everything is decided, tried and journaled, and nothing sent. */
        @WithDefault("false")
        boolean live();

        /** Send also in markets whose arithmetic is unproven on chain; otherwise these are only tried and journaled. */
        @WithDefault("false")
        boolean allowUnproven();

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

        /** How long a process that has fallen silent keeps its markets and its lane; another then takes them over. */
        @WithDefault("PT0.6S")
        Duration leaseTime();

        /** How long the journal keeps decisions and what they rest on; those with a transaction keep their line. */
        @WithDefault("P30D")
        Duration journalRetention();

        /** Markets beside, or in place of, the one of {@code plimsoll.market}, by their names. */
        Map<String, MarketEntry> markets();

        /** Chains beside the one of {@code plimsoll.chain}, by their names. */
        Map<String, ChainEntry> chains();

        Venue venue();

        Executor executor();

        BadDebt badDebt();

        Guard guard();

        /** What may be lost for having bad debt written off that no liquidation that pays would ever close. */
        interface BadDebt {
            /** The most that all such liquidations may lose within 24 hours, in the market's base currency; 0 does none. */
            @WithDefault("0")
            @WithConverter(Converters.ToBaseValue.class)
            BaseValue budget();

            /** The most that one may lose, in the market's base currency. */
            @WithDefault("0")
            @WithConverter(Converters.ToBaseValue.class)
            BaseValue maxLoss();
        }

        /** What must be so before anything legal is sent. */
        interface Guard {
            /** The most, in percent, by which a second source may differ from the protocol's price; 0 for any. */
            @WithDefault("5")
            @WithConverter(Converters.ToBps.class)
            Bps maxDeviation();

            /** An aggregator that is not the protocol's, by the address of the asset whose price in the base currency it tells. */
            Map<String, String> secondSource();

            /** The most, in percent, by which the venue's price of a small sale may differ from the protocol's; 0 for any. */
            @WithDefault("10")
            @WithConverter(Converters.ToBps.class)
            Bps maxSaleDeviation();

            /** How close, in percent, an answer may come to the least or the most that its feed can report. */
            @WithDefault("10")
            @WithConverter(Converters.ToBps.class)
            Bps boundMargin();

            /**
             * The most, in percent, by which a second source may move while the protocol's feed makes three rounds and more of one
             * answer; 0 for any.
             */
            @WithDefault("2")
            @WithConverter(Converters.ToBps.class)
            Bps maxRepeatedMove();

            /** The uptime feed of a rollup's sequencer. */
            @WithConverter(Converters.ToAddress.class)
            Optional<Address> sequencerFeed();

            /** How long after the sequencer came back nothing is sent. */
            @WithDefault("PT1H")
            Duration sequencerGrace();

            /** Below this balance of the chain's coin nothing is sent. */
            @WithDefault("0")
            @WithConverter(Converters.ToWei.class)
            Wei minCoin();

            /** Assets that are neither repaid nor seized. */
            Optional<List<String>> denyAssets();

            /** Where any is named, no other asset is repaid or seized. */
            Optional<List<String>> allowAssets();

            /** Accounts that are not liquidated. */
            Optional<List<String>> denyAccounts();

            /** Where any is named, no other account is liquidated. */
            Optional<List<String>> allowAccounts();

            /** Leave an account alone, for one block, while another's liquidation of it is pending in a pool that we watch. */
            @WithDefault("true")
            boolean waitForCompetitors();

            /** Leave accounts alone that have or owe what governance has frozen; the protocol goes on liquidating them. */
            @WithDefault("false")
            boolean holdFrozen();

            /** The pause after an account's liquidation reverted; each further revert doubles it. */
            @WithDefault("PT30S")
            Duration retryAfter();

            /** After so many reverts in a row an account is left alone for a day. */
            @WithDefault("3")
            int maxReverts();

            /** The largest share, in percent, of the last ten minutes' transactions that may revert. */
            @WithDefault("50")
            @WithConverter(Converters.ToBps.class)
            Bps maxRevertRatio();

            /** The longest that a node may take to accept a transaction. */
            @WithDefault("PT5S")
            Duration slowestSend();

            /** While this file exists, nothing is sent; its first line is the reason. */
            Optional<String> haltFile();
        }

        Reaction reaction();

        /** What is done about prices that no block holds yet. */
        interface Reaction {
            /** Watch the pool for answers of the markets' feeds; through relays we then act in the block that holds the answer. */
            @WithDefault("false")
            boolean pending();

            /** How long a liquidation stands behind a transmission that no block takes, before it is given up. */
            @WithDefault("PT24S")
            Duration patience();

            /**
             * The share, in percent, of a liquidation's expected profit that is bid for the place behind an update at the chain's
             * auction, least profit and gas first taken off; 0 does not bid.
             */
            @WithDefault("0")
            @WithConverter(Converters.ToBps.class)
            Bps bidShare();
        }

        /** One market. */
        interface MarketEntry {
            /** Which protocol's it is. */
            @WithDefault("aave-v3")
            String protocol();

            /** Its contract; everything else is found from it. */
            @WithConverter(Converters.ToAddress.class)
            Address contract();

            /** Which market of a contract that holds several. */
            Optional<String> part();

            /** The block in which it was made; logs are read from here. */
            @WithDefault("0")
            long firstBlock();

            /** One of {@code plimsoll.keeper.chains}; the one of {@code plimsoll.chain} where nothing is said. */
            Optional<String> chain();

            /** The wrapped form of the chain's coin among the market's assets. */
            @WithConverter(Converters.ToAddress.class)
            Optional<Address> coin();

            /** The least profit in this market, in its own base currency; the keeper's where nothing is said. */
            @WithConverter(Converters.ToBaseValue.class)
            Optional<BaseValue> minProfit();
        }

        /** One more chain, with everything that belongs to it. */
        interface ChainEntry extends ServiceConfig.ChainConfig {
            /** Its Multicall3 contract. */
            @WithConverter(Converters.ToAddress.class)
            Optional<Address> multicall();

            /** The signer there. */
            ServiceConfig.SignerConfig signer();

            /** Where seized collateral is sold there. */
            Venue venue();

            /** Our contract there. */
            Executor executor();
        }

        /** Our contract that liquidates in one transaction. */
        interface Executor {
            /** Where it is; without it liquidations are paid from the signer's own account. */
            @WithConverter(Converters.ToAddress.class)
            Optional<Address> address();

            /** What repays: the executor's inventory, or flash funds of the market. */
            @WithDefault("flash")
            Funding funding();

            /** Where profits go; a start with another treasury than the contract's own is refused. */
            @WithConverter(Converters.ToAddress.class)
            Optional<Address> treasury();

            /** What liquidations are repaid with. */
            enum Funding {
                INVENTORY,
                FLASH
            }
        }

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
