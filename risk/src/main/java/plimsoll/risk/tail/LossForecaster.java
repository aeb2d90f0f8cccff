package plimsoll.risk.tail;

/** A way to forecast losses from log returns in time order; forecasting may depend on nothing else. */
public interface LossForecaster {

    /**
     * Learns from a history what is costly to learn.
     *
     * @param history log returns, oldest first
     */
    Fitted fit(double[] history);

    /** What was learned, ready to forecast day after day until the next fit. */
    interface Fitted {

        /** The forecast for the horizon that starts now. */
        LossForecast forecast();

        /** The forecast variance of the next period's log return. */
        double variance();

        /** Takes note of the log return that came to pass. */
        void observe(double logReturn);
    }
}
