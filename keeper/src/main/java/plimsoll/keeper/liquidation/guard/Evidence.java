package plimsoll.keeper.liquidation.guard;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/**
 * Everything besides the market that says whether a block can be acted on.
 *
 * @param now by our clock; it measures our own sends and pauses
 * @param blockTime by the chain's clock; it measures the chain's events
 * @param bounds by asset, as far as its feed can be asked
 * @param secondOpinions by asset, as far as a second source is configured
 * @param repetitions by asset, as far as a second source is configured
 * @param sequencer absent where no uptime feed is configured
 * @param coin what our account holds of the chain's coin; absent where it was not read
 * @param competitors transactions of others that wait to liquidate an account
 */
public record Evidence(
        Instant now,
        Instant blockTime,
        Optional<Halt> halt,
        Map<Address, Bounds> bounds,
        Map<Address, SecondOpinion> secondOpinions,
        Map<Address, Repetition> repetitions,
        Optional<Sequencer> sequencer,
        Optional<Wei> coin,
        Map<Address, TxHash> competitors,
        SendHealth sends) {

    public Evidence {
        bounds = Map.copyOf(bounds);
        secondOpinions = Map.copyOf(secondOpinions);
        repetitions = Map.copyOf(repetitions);
        competitors = Map.copyOf(competitors);
    }

    /** Where nothing was asked. */
    public static Evidence none(Instant now, Instant blockTime) {
        return new Evidence(
                now,
                blockTime,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                SendHealth.UNKNOWN);
    }

    public Evidence with(Optional<Halt> order, SendHealth health) {
        return new Evidence(
                now, blockTime, order, bounds, secondOpinions, repetitions, sequencer, coin, competitors, health);
    }

    public Evidence withCompetitors(Map<Address, TxHash> others) {
        return new Evidence(now, blockTime, halt, bounds, secondOpinions, repetitions, sequencer, coin, others, sends);
    }
}
