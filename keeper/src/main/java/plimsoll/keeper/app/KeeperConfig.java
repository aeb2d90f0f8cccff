package plimsoll.keeper.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import plimsoll.runtime.config.Converters;
import plimsoll.runtime.config.ServiceConfig;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

/** Every key that the keeper understands: those of {@link ServiceConfig} and its own. An unknown key under {@code plimsoll} stops the start. */
@ConfigMapping(prefix = "plimsoll")
public interface KeeperConfig extends ServiceConfig {

    Keeper keeper();

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
