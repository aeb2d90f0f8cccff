package plimsoll.risk.simulation;

import java.io.Serializable;

/**
 * What a simulation assumes beyond the market and its book.
 *
 * @param priceFeedback how much of a sale's average loss reaches the price that the protocol reads: 0 none of it, 1 all
 */
public record SimulationSettings(KeeperBehaviour keeper, double priceFeedback) implements Serializable {

    public static final SimulationSettings DEFAULT = new SimulationSettings(KeeperBehaviour.PROMPT, 1);

    public SimulationSettings {
        if (!(priceFeedback >= 0 && priceFeedback <= 1)) {
            throw new IllegalArgumentException("price feedback is out of range: found=" + priceFeedback);
        }
    }
}
