package plimsoll.keeper.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.keeper.journal.Replay;
import plimsoll.keeper.store.SceneStore;
import plimsoll.keeper.store.SceneStore.Stored;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.runtime.postgres.Database;
import plimsoll.units.BlockNumber;

@Command(
        name = "replay",
        description =
                "Take the journal's decisions again from what they rested on, with the rules of today; exit 1 where"
                        + " one differs.",
        footer = {"", "Example:", "  keeper replay --from 21500000 --to 21507200"})
final class ReplayCommand implements Callable<Integer> {

    @Option(names = "--from", paramLabel = "BLOCK", description = "First block; default: the journal's first.")
    private long from;

    @Option(names = "--to", paramLabel = "BLOCK", description = "Last block, included; default: the newest.")
    private long to = Long.MAX_VALUE;

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private Output output;

    /**
     * What {@code --json} prints.
     *
     * @param decisions that were taken again
     * @param notReplayable that were not: older than what this program keeps, or of a program whose records were others
     */
    record Answer(
            int blocks,
            int decisions,
            int differing,
            int notReplayable,
            List<Difference> differences,
            List<String> obstacles) {}

    record Difference(BlockNumber block, String account, String recorded, String today) {}

    @Override
    public Integer call() {
        if (from < 0 || to < from) {
            throw CommandFailure.usage("--to is before --from: from=" + from + " to=" + to, "--to");
        }
        Answer answer;
        try (Database database = journal.open()) {
            answer = answer(database.dataSource());
        }
        Table table = Table.facts()
                .row("blocks", answer.blocks)
                .row("decisions taken again", answer.decisions)
                .row("differing", answer.differing)
                .row("not replayable", answer.notReplayable);
        answer.differences.forEach(
                it -> table.row("block " + it.block + " " + it.account, it.recorded + "; today: " + it.today));
        answer.obstacles.forEach(it -> table.row("not replayable", it));
        output.show(answer, table);
        return answer.differing == 0 ? 0 : 1;
    }

    Answer answer(DataSource source) {
        var store = new SceneStore(source);
        var count = new Count();
        for (Optional<Long> market : journal.markets(store)) {
            store.each(market, new BlockNumber(from), new BlockNumber(to), count::add);
            count.notReplayable += store.withoutEntry(market, new BlockNumber(from), new BlockNumber(to));
        }
        return new Answer(
                count.blocks,
                count.decisions,
                count.differences.size(),
                count.notReplayable,
                List.copyOf(count.differences),
                List.copyOf(count.obstacles));
    }

    private static final class Count {

        private static final int MOST_OBSTACLES = 10;

        private int blocks;
        private int decisions;
        private int notReplayable;
        private final List<Difference> differences = new ArrayList<>();
        private final List<String> obstacles = new ArrayList<>();

        void add(Stored stored) {
            blocks++;
            switch (stored) {
                case Stored.Replayable replayable -> replay(replayable);
                case Stored.NotReplayable other -> obstacle(other.block(), other.decisions(), other.why());
            }
        }

        private void replay(Stored.Replayable stored) {
            List<Replay.Difference> found;
            try {
                found = Replay.differences(stored.entry());
            } catch (IllegalArgumentException | ArithmeticException e) {
                obstacle(stored.block(), stored.decisions(), String.valueOf(e.getMessage()));
                return;
            }
            decisions += stored.decisions();
            found.forEach(it -> differences.add(
                    new Difference(it.block().number(), it.account().toString(), it.recorded(), it.today())));
        }

        private void obstacle(BlockNumber block, int lost, String why) {
            notReplayable += lost;
            if (obstacles.size() < MOST_OBSTACLES) {
                obstacles.add("block " + block + ": " + why);
            }
        }
    }
}
