package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.oracle.report.ManifestReport;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;

/** Writes a manifest as a document for people. */
@Command(
        name = "report",
        description = "Write a manifest as one self-contained HTML page, or as Markdown with its charts beside it.",
        footer = {
            "",
            "Examples:",
            "  oracle report --manifest manifest.json --out report.html",
            "  oracle report --manifest manifest.json --out report.md      (and report-*.svg)"
        })
final class ReportCommand implements Callable<Integer> {

    @Option(names = "--manifest", required = true, paramLabel = "MANIFEST", description = "The manifest file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path manifest;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Ends in .html or .md.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints. */
    record Answer(List<String> files) {}

    @Override
    public Integer call() {
        String name = String.valueOf(out.getFileName());
        boolean html = name.toLowerCase(Locale.ROOT).endsWith(".html");
        if (!html && !name.toLowerCase(Locale.ROOT).endsWith(".md")) {
            throw CommandFailure.usage("A report ends in .html or .md: found='" + name + "'", "--out");
        }
        ManifestReport report = ManifestReport.of(ManifestFile.read(manifest));
        List<String> files = new ArrayList<>();
        if (html) {
            write(out, report.html(), files);
        } else {
            String prefix = name.substring(0, name.length() - ".md".length()) + "-";
            // Charts first: a document never points at a picture that is not there.
            report.charts().forEach((chart, svg) -> write(out.resolveSibling(prefix + chart + ".svg"), svg, files));
            write(out, report.markdown(prefix), files);
        }
        output.show(new Answer(files), String.join(System.lineSeparator(), files));
        return 0;
    }

    private static void write(Path file, String text, List<String> written) {
        WholeFile.write(file, text);
        written.add(file.toString());
    }
}
