package plimsoll.risk.series;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plimsoll.risk.series.SeriesFinding.Kind;

/**
 * One round of a rollup's sequencer uptime feed.
 *
 * @param since from when it holds
 * @param up whether transactions were being ordered; a feed answers 0 for up and 1 for down
 */
public record SequencerStatus(Instant since, boolean up) {

    /** When the sequencer was down, from the first status that says so to the next that says otherwise, or to {@code end}. */
    public static List<SeriesFinding> downTimes(List<SequencerStatus> statuses, Instant end) {
        var found = new ArrayList<SeriesFinding>();
        var down = Optional.<Instant>empty();
        for (var status : statuses.stream()
                .sorted(Comparator.comparing(SequencerStatus::since))
                .toList()) {
            if (!status.up() && down.isEmpty()) {
                down = Optional.of(status.since());
            } else if (status.up() && down.isPresent()) {
                found.add(downTime(down.get(), status.since()));
                down = Optional.empty();
            }
        }
        down.filter(since -> since.isBefore(end)).ifPresent(since -> found.add(downTime(since, end)));
        return List.copyOf(found);
    }

    private static SeriesFinding downTime(Instant from, Instant to) {
        return new SeriesFinding(
                Kind.SEQUENCER_DOWN, from, to, "sequencer was down: no round and no liquidation could arrive");
    }
}
