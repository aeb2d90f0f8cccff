package plimsoll.oracle.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.oracle.study.Study;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;

/** Calibrates a market's past from files, replays what followed, and writes the study. */
@Command(
        name = "study",
        description =
                "Recompute the study of Aave v3 Ethereum in 2023: our parameters beside the ones that were set, and"
                        + " what both would have cost since.",
        footer = {"", "Example:", "  oracle study --data ../shared/data --out docs/studies/aave-2023.md"})
final class StudyCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder of prices, feeds, parameters, positions and liquidity.")
    private Path data = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the study is written.")
    private Path out = Path.of("");

    @Mixin
    private Output output = new Output();

    private record Answer(String file, long bytes) {}

    @Override
    public Integer call() {
        WholeFile.requireFolder(out);
        String page;
        try (var progress = output.progress("study", Study.parts())) {
            page = Study.write(data, progress::advance);
        }
        WholeFile.write(out, page);
        output.show(
                new Answer(out.toString(), page.getBytes(StandardCharsets.UTF_8).length),
                Table.facts().row("study", out).row("bytes", page.getBytes(StandardCharsets.UTF_8).length));
        return 0;
    }
}
