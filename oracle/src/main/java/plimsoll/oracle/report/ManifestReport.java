package plimsoll.oracle.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.report.Block.Bullets;
import plimsoll.oracle.report.Block.Figure;
import plimsoll.oracle.report.Block.Grid;
import plimsoll.oracle.report.Block.Heading;
import plimsoll.oracle.report.Block.Paragraph;

/** A manifest told to people: one HTML page, or Markdown with its charts beside it. */
public final class ManifestReport {

    private final Fields content;
    private final String hash;
    private final List<Block> blocks = new ArrayList<>();

    private ManifestReport(Manifest manifest) {
        content = new Fields(manifest.content());
        hash = manifest.hash();
        write();
    }

    public static ManifestReport of(Manifest manifest) {
        return new ManifestReport(manifest);
    }

    /** One page that needs nothing beside itself. */
    public String html() {
        return HtmlPage.of(title(), blocks);
    }

    /**
     * For a forum: text and tables, with the charts as files beside it.
     *
     * @param charts prefix of the charts' file names, such as {@code report-}
     */
    public String markdown(String charts) {
        return MarkdownPage.of(blocks, charts);
    }

    /** The charts that {@link #markdown} points at, by name without the prefix and ending. */
    public Map<String, String> charts() {
        LinkedHashMap<String, String> charts = new LinkedHashMap<>();
        for (Block block : blocks) {
            if (block instanceof Figure figure) {
                charts.put(figure.name(), figure.svg());
            }
        }
        return charts;
    }

    private String title() {
        String market = content.text("inputs.market");
        return "Collateral parameters" + (market.isEmpty() ? "" : " of " + market);
    }

    private void write() {
        blocks.add(new Heading(1, title()));
        blocks.add(new Paragraph("Judged with what was known at " + content.text("inputs.time") + ". Manifest `" + hash
                + "`; recompute it with `plimsoll oracle verify MANIFEST"
                + (content.object("inputs.block").isPresent() ? " --rpc URL`." : " --data DIR`.")));
        blocks.add(new Heading(2, "Recommended parameters"));
        blocks.add(summary());
        plan();
        modes();
        content.object("book").ifPresent(book -> blocks.addAll(new BookSection(book).blocks()));
        for (Fields asset : content.objects("results")) {
            blocks.addAll(new AssetSection(asset).blocks());
        }
        inputs();
    }

    private Grid summary() {
        List<List<String>> rows = new ArrayList<>();
        for (Fields asset : content.objects("results")) {
            rows.add(List.of(
                    asset.text("symbol"),
                    move(asset, "ltvBps"),
                    move(asset, "liquidationThresholdBps"),
                    interval(asset, "liquidationThreshold"),
                    move(asset, "liquidationBonusBps"),
                    cap(asset, "supplyCap"),
                    cap(asset, "borrowCap")));
        }
        return new Grid(
                List.of(
                        "asset",
                        "LTV",
                        "threshold",
                        "threshold, model's interval",
                        "bonus",
                        "supply cap",
                        "borrow cap"),
                rows);
    }

    private static String move(Fields asset, String name) {
        double from = asset.number("current." + name);
        double to = asset.number("recommended." + name);
        return from == to ? Text.bps(from) : Text.bps(from) + " → " + Text.bps(to);
    }

    private static String cap(Fields asset, String name) {
        String from = asset.text("current." + name);
        String to = asset.text("recommended." + name);
        return from.equals(to) ? amount(from) : amount(from) + " → " + amount(to);
    }

    private static String amount(String tokens) {
        return tokens.equals("0") ? "none" : Text.whole(Double.parseDouble(tokens));
    }

    private static String interval(Fields asset, String name) {
        String path = "closedForm." + name + ".estimate.";
        double low = asset.number(path + "low");
        return Double.isFinite(low) ? Text.percent(low) + " to " + Text.percent(asset.number(path + "high")) : "–";
    }

    private void plan() {
        List<Fields> steps = content.objects("plan.steps");
        blocks.add(new Heading(2, "Steps"));
        if (steps.isEmpty()) {
            blocks.add(new Paragraph("Nothing is to change."));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            for (Fields change : steps.get(i).objects("changes")) {
                rows.add(List.of(
                        Integer.toString(i + 1),
                        symbol(change.text("asset")),
                        Text.bps(change.number("from.ltvBps")) + " → " + Text.bps(change.number("to.ltvBps")),
                        Text.bps(change.number("from.liquidationThresholdBps")) + " → "
                                + Text.bps(change.number("to.liquidationThresholdBps")),
                        Text.whole(steps.get(i).number("forcedLiquidations"))));
            }
        }
        blocks.add(new Grid(List.of("step", "asset", "LTV", "threshold", "accounts forced by the step"), rows));
        if (!content.truth("plan.reachable")) {
            blocks.add(new Paragraph("Not all of it can be reached: " + content.text("plan.reason")));
        }
    }

    private void modes() {
        List<Fields> modes = content.objects("efficiencyModes");
        if (modes.isEmpty()) {
            return;
        }
        blocks.add(new Heading(2, "Efficiency modes"));
        List<List<String>> rows = new ArrayList<>();
        for (Fields mode : modes) {
            rows.add(List.of(
                    mode.text("name"),
                    String.join(", ", mode.texts("members")),
                    Text.percent(mode.number("answer.ltv")),
                    Text.percent(mode.number("answer.liquidationThreshold")),
                    Text.percent(mode.number("answer.bonus")),
                    String.join("; ", mode.texts("answer.reasons"))));
        }
        blocks.add(new Grid(List.of("category", "members", "LTV", "threshold", "bonus", "reason"), rows));
    }

    private String symbol(String asset) {
        return content.objects("results").stream()
                .filter(result -> result.text("asset").equals(asset))
                .map(result -> result.text("symbol"))
                .findFirst()
                .orElse(asset);
    }

    private void inputs() {
        blocks.add(new Heading(2, "Inputs"));
        List<List<String>> files = content.objects("inputs.files").stream()
                .map(file -> List.of(file.text("name"), file.text("role"), "`" + file.text("sha256") + "`"))
                .toList();
        if (!files.isEmpty()) {
            blocks.add(new Grid(List.of("file", "role", "SHA-256"), files));
        }
        List<List<String>> feeds = content.objects("inputs.feeds").stream()
                .map(feed -> List.of(
                        feed.text("symbol"),
                        feed.text("source").isEmpty() ? feed.text("aggregator") : feed.text("source"),
                        feed.text("from"),
                        feed.text("to"),
                        Text.whole(feed.number(feed.text("rounds").isEmpty() ? "observations" : "rounds")),
                        feed.object("findings").map(ManifestReport::findings).orElse(""),
                        "`" + feed.text("contentHash") + "`"))
                .toList();
        blocks.add(
                new Grid(List.of("asset", "source", "from", "to", "observations", "findings", "content hash"), feeds));
        blocks.add(new Paragraph(Text.whole(content.number("inputs.positions.accounts"))
                + " accounts with debt, content hash `" + content.text("inputs.positions.contentHash") + "`."));
        blocks.add(new Heading(2, "Settings"));
        blocks.add(new Bullets(settings("", content.object("settings").orElse(new Fields(Map.of())))));
    }

    private static String findings(Fields findings) {
        return String.join(
                ", ",
                findings.names().stream()
                        .map(name -> findings.text(name) + " " + name.toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }

    private static List<String> settings(String prefix, Fields settings) {
        List<String> lines = new ArrayList<>();
        for (String name : settings.names()) {
            settings.member(name)
                    .ifPresentOrElse(
                            inner -> lines.addAll(settings(prefix + name + ".", inner)),
                            () -> lines.add(prefix + name + " = " + settings.text(name)));
        }
        return lines;
    }
}
