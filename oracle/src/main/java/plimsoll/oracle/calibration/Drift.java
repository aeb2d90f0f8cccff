package plimsoll.oracle.calibration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import plimsoll.risk.backtest.TrafficLight;

/** One way in which an asset has moved away from what the newest calibration says of it. */
public sealed interface Drift {

    String symbol();

    /** As metrics name it. */
    String kind();

    /** In words and figures. */
    String reason();

    /**
     * The price fell deeper than nearly every fall that was foreseen for so short a time.
     *
     * @param fall deepest since the calibration, a fraction of the price then
     * @param horizon the shortest for which this was too deep
     * @param allowed the fall at risk over that horizon
     */
    record DeepFall(String symbol, double fall, Duration horizon, double level, double allowed) implements Drift {
        @Override
        public String kind() {
            return "fall";
        }

        @Override
        public String reason() {
            return symbol + " fell " + Percent.of(fall) + " within " + horizon + " of the calibration, "
                    + Percent.of(level) + " of falls were foreseen within " + Percent.of(allowed);
        }
    }

    /** Days since the calibration have turned the traffic light of the last {@link TrafficLight#WINDOW} days. */
    record LightTurned(
            String symbol, int exceptionsBefore, TrafficLight.Zone before, int exceptions, TrafficLight.Zone now)
            implements Drift {
        @Override
        public String kind() {
            return "traffic-light";
        }

        @Override
        public String reason() {
            return symbol + " turned from " + name(before) + " to " + name(now) + ": " + exceptions + " exceptions in "
                    + TrafficLight.WINDOW + " days after " + exceptionsBefore;
        }

        private static String name(TrafficLight.Zone zone) {
            return zone.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Returns since the calibration are much larger, or much smaller, than its forecast.
     *
     * @param returns that the realised volatility is of
     */
    record VolatilityRegime(String symbol, double realised, double forecast, int returns, double factor)
            implements Drift {
        @Override
        public String kind() {
            return "volatility";
        }

        @Override
        public String reason() {
            return symbol + " moved by " + Percent.of(realised) + " a year over " + returns + " returns, forecast was "
                    + Percent.of(forecast) + ", allowed is a factor of " + factor;
        }
    }

    /** Suppliers came or left. */
    record SuppliedChange(String symbol, double before, double now, double allowed) implements Drift {
        @Override
        public String kind() {
            return "liquidity";
        }

        @Override
        public String reason() {
            return symbol + " has " + tokens(now) + " tokens supplied after " + tokens(before)
                    + ", allowed is a change by " + Percent.of(allowed);
        }

        private static String tokens(double amount) {
            return new BigDecimal(amount).setScale(0, RoundingMode.HALF_EVEN).toPlainString();
        }
    }

    /** Much more, or much less, of what is supplied is lent, so that less of it, or more, can be sold at once. */
    record UtilisationChange(String symbol, double before, double now, double allowed) implements Drift {
        @Override
        public String kind() {
            return "liquidity";
        }

        @Override
        public String reason() {
            return symbol + " is " + Percent.of(now) + " lent after " + Percent.of(before) + ", allowed is a change by "
                    + Percent.of(allowed);
        }
    }
}
