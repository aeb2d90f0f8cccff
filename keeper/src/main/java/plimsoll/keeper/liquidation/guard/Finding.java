package plimsoll.keeper.liquidation.guard;

import java.time.Duration;
import java.time.Instant;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/** Why something legal is not done, with the numbers that say so. */
public sealed interface Finding {

    /** The operator's order. */
    record Halted(Halt halt) implements Finding {}

    /** The answer lies at the least that the feed can report, or near it. */
    record AtFloor(Address asset, Bounds bounds) implements Finding {}

    /** The answer lies at the most that the feed can report, or near it. */
    record AtCeiling(Address asset, Bounds bounds) implements Finding {}

    record Deviates(Address asset, Price protocol, Price second, Address source, Bps allowed) implements Finding {}

    /** A second source is asked for and has no price to trust. */
    record NoSecondOpinion(Address asset, Address source, String why) implements Finding {}

    /** The venue values a little of the collateral otherwise than the protocol does. */
    record SaleDeviates(Address sold, Address bought, BaseValue protocol, BaseValue venue, Bps allowed)
            implements Finding {}

    /** The feed makes rounds of one answer while its asset moves. */
    record Repeats(Address asset, Repetition repetition, Address source, Bps allowed) implements Finding {}

    /** The operator leaves frozen reserves alone, though the protocol does not. */
    record Frozen(Address asset) implements Finding {}

    record SequencerDown(Instant since) implements Finding {}

    record SequencerJustUp(Instant since, Duration grace) implements Finding {}

    record SequencerUnknown(String why) implements Finding {}

    record LowCoin(Wei held, Wei least) implements Finding {}

    record AssetExcluded(Address asset) implements Finding {}

    record AccountExcluded(Address account) implements Finding {}

    record CompetitorPending(TxHash tx) implements Finding {}

    record BackingOff(int reverts, Instant until) implements Finding {}

    record RevertsTooOften(int reverts, int outcomes, Bps allowed) implements Finding {}

    record SendsTooSlowly(Duration slowest, Duration allowed) implements Finding {}

    /** One word for metrics. */
    default String guard() {
        return switch (this) {
            case Halted _ -> "halt";
            case AtFloor _, AtCeiling _ -> "bounds";
            case Deviates _, NoSecondOpinion _ -> "second-source";
            case SaleDeviates _ -> "sale-price";
            case Repeats _ -> "repeats";
            case Frozen _ -> "frozen";
            case SequencerDown _, SequencerJustUp _, SequencerUnknown _ -> "sequencer";
            case LowCoin _ -> "coin";
            case AssetExcluded _, AccountExcluded _ -> "lists";
            case CompetitorPending _ -> "competitor";
            case BackingOff _ -> "back-off";
            case RevertsTooOften _ -> "revert-ratio";
            case SendsTooSlowly _ -> "send-time";
        };
    }

    /** One sentence. */
    default String reason() {
        return switch (this) {
            case Halted(Halt halt) ->
                "The operator has halted the keeper: by=" + halt.by() + " reason=" + halt.reason() + " since="
                        + halt.since();
            case AtFloor f ->
                "The feed is at its floor: asset=" + f.asset + " answer=" + f.bounds.answer() + " least="
                        + f.bounds.least();
            case AtCeiling c ->
                "The feed is at its ceiling: asset=" + c.asset + " answer=" + c.bounds.answer() + " most="
                        + c.bounds.most();
            case Deviates d ->
                "A second source says otherwise: asset=" + d.asset + " protocol=" + d.protocol + " second=" + d.second
                        + " source=" + d.source + " allowed=" + d.allowed;
            case NoSecondOpinion n ->
                "The second source has no price to trust: asset=" + n.asset + " source=" + n.source + " " + n.why;
            case SaleDeviates s ->
                "The venue pays another price than the protocol counts with: sold=" + s.sold + " protocol=" + s.protocol
                        + " venue=" + s.venue + " allowed=" + s.allowed;
            case Repeats r ->
                "The feed repeats itself while its asset moves: asset=" + r.asset + " answer=" + r.repetition.answer()
                        + " rounds=" + r.repetition.rounds() + " since=" + r.repetition.since() + " second="
                        + r.repetition.now() + " before=" + r.repetition.before() + " source=" + r.source + " allowed="
                        + r.allowed;
            case Frozen(Address asset) -> "The reserve is frozen: asset=" + asset;
            case SequencerDown(Instant since) -> "The sequencer is down: since=" + since;
            case SequencerJustUp(Instant since, Duration grace) ->
                "The sequencer has just come back: since=" + since + " grace=" + grace.toSeconds() + " s";
            case SequencerUnknown(String why) -> "The sequencer's state is not known: " + why;
            case LowCoin(Wei held, Wei least) ->
                "Our account is low on the chain's coin: held=" + held + " least=" + least;
            case AssetExcluded(Address asset) -> "The operator excludes the asset: asset=" + asset;
            case AccountExcluded(Address account) -> "The operator excludes the account: account=" + account;
            case CompetitorPending(TxHash tx) -> "Another's liquidation of the account is pending: tx=" + tx;
            case BackingOff(int reverts, Instant until) ->
                "The last liquidations of the account reverted: reverts=" + reverts + " until=" + until;
            case RevertsTooOften r ->
                "Too many of our transactions revert: reverts=" + r.reverts + " of=" + r.outcomes + " allowed="
                        + r.allowed;
            case SendsTooSlowly s ->
                "Nodes take our transactions too slowly: slowest=" + s.slowest.toMillis() + " ms allowed="
                        + s.allowed.toMillis() + " ms";
        };
    }
}
