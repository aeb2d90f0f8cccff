package plimsoll.keeper.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.keeper.journal.Foreseen;
import plimsoll.keeper.journal.JournalEntry;
import plimsoll.keeper.journal.Scene;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.MarketExtract;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.store.SceneStore;
import plimsoll.keeper.store.SceneStore.Stored;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.runtime.postgres.Database;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;

@Command(
        name = "why",
        description =
                "Say what was decided about an account in a block, and why; exit 1 where nothing was to be decided.")
final class WhyCommand implements Callable<Integer> {

    @Option(names = "--account", required = true, paramLabel = "ADDRESS", description = "The borrower.")
    private String account = "";

    @Option(names = "--block", required = true, paramLabel = "BLOCK", description = "The block's number.")
    private long block;

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private Output output;

    /** What {@code --json} prints; a block that was seen twice, as around a restart, was decided twice. */
    record Answer(BlockNumber block, String account, List<Told> decisions) {}

    /**
     * @param outside what stood in the way of what our rules said, where something did
     * @param foreseen the prices that no block held yet, where it was decided because of such
     */
    record Told(
            Instant decidedAt,
            Optional<HealthFactor> healthFactor,
            String action,
            String reason,
            Optional<String> outside,
            Optional<String> foreseen) {}

    @Override
    public Integer call() {
        if (block < 0) {
            throw CommandFailure.usage("--block is negative: found=" + block, "--block");
        }
        Answer answer;
        try (Database database = journal.open()) {
            answer = answer(database.dataSource());
        }
        Table table = Table.columns("decided at", "health factor", "action", "reason", "from outside", "foreseen");
        answer.decisions.forEach(it -> table.row(
                it.decidedAt, it.healthFactor, it.action, it.reason, it.outside.orElse("-"), it.foreseen.orElse("-")));
        output.show(
                answer,
                answer.decisions.isEmpty()
                        ? "Nothing was to be decided about " + answer.account + " in block " + block
                                + ": it was above the line, or no keeper looked."
                        : table.toString());
        return answer.decisions.isEmpty() ? 1 : 0;
    }

    Answer answer(DataSource source) {
        Address borrower = borrower();
        var store = new SceneStore(source);
        var number = new BlockNumber(block);
        List<Told> told = new ArrayList<>();
        for (Optional<Long> market : journal.markets(store)) {
            store.each(market, number, number, stored -> {
                switch (stored) {
                    case Stored.Replayable replayable ->
                        told(replayable, borrower).ifPresent(told::add);
                    case Stored.NotReplayable other ->
                        throw CommandFailure.outside("The journal's entry is of another program: block=" + block
                                + " because=" + other.why());
                }
            });
        }
        return new Answer(number, borrower.toString(), told);
    }

    private static Optional<Told> told(Stored.Replayable stored, Address account) {
        JournalEntry entry = stored.entry();
        return entry.verdict(account)
                .map(verdict -> new Told(
                        stored.decidedAt(),
                        health(entry.scene(), account),
                        verdict.decided().action(),
                        verdict.decided().reason(),
                        verdict.instead().map(Assessment::reason),
                        entry.foreseen().map(Foreseen::summary)));
    }

    private static Optional<HealthFactor> health(Scene scene, Address account) {
        return scene.subjects().stream()
                .filter(subject -> subject.position().account().equals(account))
                .findFirst()
                .filter(subject -> subject.market() instanceof MarketExtract)
                .flatMap(subject -> AccountHealth.of(subject.position(), ((MarketExtract) subject.market()).restore())
                        .healthFactor());
    }

    private Address borrower() {
        return OptionText.parsed("--account", account, "no address", Address::parse);
    }
}
