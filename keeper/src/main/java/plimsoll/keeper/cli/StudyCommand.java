package plimsoll.keeper.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.keeper.history.HistoryStudy;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;

/** Replays liquidations and positions of the past from files, and writes the study. */
@Command(
        name = "study",
        description = "Recompute the study of past liquidations: our rules and replays beside what happened. Needs no"
                + " chain and no database.",
        footer = {"", "Example:", "  keeper study --data ../shared/data --out docs/studies/keeper-history.md"})
final class StudyCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder of liquidations, positions, feeds and prices.")
    private Path data = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "Where the study is written; default: nowhere.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (!Files.isDirectory(data)) {
            throw CommandFailure.usage("--data is no folder: " + data, "--data");
        }
        out.ifPresent(StudyCommand::requireFolder);
        HistoryStudy.Study study = HistoryStudy.of(new HistoryFiles(data).read());
        out.ifPresent(file -> write(file, study.page()));
        HistoryStudy.Headline found = study.headline();
        Table table = Table.facts()
                .row("recorded liquidations", found.liquidations())
                .row("of them in a raw sample", found.sampleFound())
                .row("blocks with several of a pair", found.blocksOfSeveral())
                .row("of them at one rate", found.blocksEqual())
                .row("prices beside an exchange", found.pricesChecked())
                .row("of them within 1 %", found.pricesWithinOnePercent())
                .row("accounts replayed", found.accountsReplayed())
                .row("of them as foretold", found.explained())
                .row("liquidated, not foretold", found.surprising())
                .row("foretold, not liquidated", found.spared())
                .row("borrowers of the snapshot", found.borrowers())
                .row("of them falling", found.fallen())
                .row("falling at par", found.fallenAtPar())
                .row("falling under stress", found.fallenUnderStress());
        out.ifPresent(file -> table.row("written to", file));
        output.show(found, table);
        return 0;
    }

    private static void requireFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw CommandFailure.outside(file, "cannot be written: no such folder");
        }
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailure.outside(
                            file, "cannot be written: " + e.getClass().getSimpleName())
                    .because(e);
        }
    }
}
