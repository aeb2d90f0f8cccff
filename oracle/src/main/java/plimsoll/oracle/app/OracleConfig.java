package plimsoll.oracle.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import plimsoll.runtime.config.Converters;
import plimsoll.runtime.config.ServiceConfig;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

/** Every key that the oracle understands: those of {@link ServiceConfig} and its own. An unknown key under {@code plimsoll} stops the start. */
@ConfigMapping(prefix = "plimsoll")
interface OracleConfig extends ServiceConfig {

    Oracle oracle();

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

        /** How often the market is held against the newest calibration, which is made anew where it has drifted; PT0S is never. */
        @WithDefault("PT1H")
        Duration driftInterval();

        Drifts drift();

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

        Budget budget();

        Sizes sizes();

        Keepers keepers();

        Eligible eligibility();

        Checks checks();

        Scope scope();

        /** Most accounts that one proposal may make liquidatable by itself. */
        @WithDefault("0")
        int mostForcedLiquidations();

        /** What of the market makes a calibration old before its time. */
        interface Drifts {
            /** No calibration by drift comes sooner after any other. */
            @WithDefault("PT4H")
            Duration coolDown();

            /** Newest rounds of each feed that are looked at. */
            @WithDefault("500")
            int rounds();

            /** Level of the falls at risk that a price must not exceed: 0.99, 0.995 or 0.999. */
            @WithDefault("0.99")
            double level();

            /** Realised volatility stays between the forecast over this and the forecast times this. */
            @WithDefault("2.0")
            double volatilityFactor();

            /** A year's volatility below which differences do not matter. */
            @WithDefault("0.05")
            double volatilityFloor();

            /** Returns since the calibration, of the model's period, without which volatility is not judged. */
            @WithDefault("12")
            int fewestReturns();

            /** The newest returns that it is judged by. */
            @WithDefault("72")
            int mostReturns();

            /** Most that what is supplied to a reserve may change, over the larger of both. */
            @WithDefault("0.25")
            double suppliedChange();

            /** Most that the lent share of a reserve may change. */
            @WithDefault("0.20")
            double utilisationChange();

            /** A smaller reserve's liquidity is not looked at, in the base currency. */
            @WithDefault("1000000")
            double leastSupplied();
        }

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
            @WithDefault("26280")
            int mostReturns();

            /** Allowed beyond a feed's heartbeat. */
            @WithDefault("PT5M")
            Duration grace();

            /** Simulated paths per asset and horizon. */
            @WithDefault("20000")
            int paths();

            /** How much falls by the volatility of the stormiest month count beside today's, 0 to 1. */
            @WithDefault("0.25")
            double stressedWeight();

            /** Replications of the bootstrap that intervals come from. */
            @WithDefault("30")
            int replications();

            /** Simulated paths of all prices together, on the book. */
            @WithDefault("20480")
            int jointPaths();

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

        /** What the simulated book may cost. */
        interface Budget {
            /** Most expected shortfall of bad debt over the user's horizon, as a share of all debt. */
            @WithDefault("0.001")
            double badDebtShare();

            /** Most that one stress may cost in one reserve, in the base currency: what caps are held by. */
            @WithDefault("400000")
            double lossBudget();

            /** Most value liquidated in the worst hundredth of simulated paths, as a share of all debt. */
            @WithDefault("1.0")
            double liquidationsAtRiskShare();

            /** Most debt that the change itself may make liquidatable, as a share of all debt. */
            @WithDefault("0.0005")
            double forcedShare();

            /** Parameter vectors tried on the book beyond the closed form's. */
            @WithDefault("20")
            int mostRefinements();
        }

        /** How much is sold, and how soon the venues recover. */
        interface Sizes {
            /** Share of a reserve's collateral that a stressed fall puts up for sale. */
            @WithDefault("0.10")
            double liquidatedShare();

            /** Value of one large liquidation, sold at once, in the base currency. */
            @WithDefault("250000")
            double liquidationValue();

            /** After this the venues take the same again. */
            @WithDefault("PT1H")
            Duration recovery();

            /** Kink of the interest curves, where the market does not say. */
            @WithDefault("0.80")
            double optimalUtilisation();
        }

        /** What a proposal may change besides LTV and threshold. */
        interface Scope {
            /** The liquidation bonus. */
            @WithDefault("false")
            boolean bonus();

            /** Supply and borrow caps of reserves whose sale was quoted. */
            @WithDefault("false")
            boolean caps();
        }

        /** How the simulated liquidators act. */
        interface Keepers {
            /** Periods that an account has been unhealthy before they come. */
            @WithDefault("1")
            int delaySteps();

            /** Share of those that wait which is served in each period. */
            @WithDefault("0.9")
            double serviceShare();

            /** Gas of one liquidation, in the base currency. */
            @WithDefault("30")
            double gasPerLiquidation();
        }

        /** Which assets may follow a model at all. */
        interface Eligible {
            /** A younger asset has no history to speak of. */
            @WithDefault("30")
            int fewestDaysListed();

            /** A smaller reserve is not worth a vote, in the base currency. */
            @WithDefault("5000000")
            double leastCapValue();

            /** A thinner asset is advised to be isolated, in the base currency. */
            @WithDefault("5000000")
            double leastDepth();

            /** An asset that fewer price is advised to be isolated. */
            @WithDefault("1")
            int fewestSources();
        }

        /** What is tried beside the answer itself. */
        interface Checks {
            /** Stress tests of the recommended parameters on the book. */
            @WithDefault("true")
            boolean stress();

            /** How each input moves the answer. */
            @WithDefault("true")
            boolean sensitivity();

            /** Daily returns that each fit of the rolling backtest learns from; 0 leaves backtests out. */
            @WithDefault("500")
            int backtestWindow();
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
