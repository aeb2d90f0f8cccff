package plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every model has a page, every page a model, and each names the other. */
class ModelPagesTest {

    private static final Path ROOT = Path.of(System.getProperty("plimsoll.root", ".."));
    private static final Path PAGES = ROOT.resolve("docs/models");
    private static final Path SOURCES = ROOT.resolve("risk/src/main/java");
    private static final Pattern PAGE = Pattern.compile("docs/models/([a-z-]+)\\.md");
    private static final Pattern CLASS = Pattern.compile("`(plimsoll\\.risk(?:\\.[a-z]+)+\\.[A-Z]\\w*)`");
    private static final List<String> SECTIONS = List.of(
            "**Question.**",
            "**Definition.**",
            "**Source.**",
            "**Assumptions, and where they break.**",
            "**Class.**",
            "**Vectors.**",
            "**Configuration.**");

    @Test
    void everyPageHasItsSectionsAndNamesClassesThatExist() throws IOException {
        for (var page : pages()) {
            var text = Files.readString(page);
            assertThat(text).describedAs(page.toString()).contains(SECTIONS);
            var classes =
                    CLASS.matcher(text).results().map(match -> match.group(1)).toList();
            assertThat(classes).describedAs(page.toString()).isNotEmpty();
            for (var name : classes) {
                assertThat(SOURCES.resolve(name.replace('.', '/') + ".java")).exists();
            }
        }
    }

    @Test
    void everyClassWithAFormulaNamesAPageThatNamesItOrItsPackage() throws IOException {
        for (var source : sources()) {
            var text = Files.readString(source);
            for (var page :
                    PAGE.matcher(text).results().map(match -> match.group(1)).toList()) {
                var file = PAGES.resolve(page + ".md");
                assertThat(file).describedAs(source.toString()).exists();
                var name =
                        SOURCES.relativize(source).toString().replace('/', '.').replace(".java", "");
                var isPublic = text.contains("\npublic ");
                var wanted = isPublic ? "`" + name + "`" : name.substring(0, name.lastIndexOf('.'));
                assertThat(Files.readString(file))
                        .describedAs(source.toString())
                        .contains(wanted);
            }
            if (text.contains(" * <pre>")) {
                assertThat(text).describedAs(source.toString()).contains("docs/models/");
            }
        }
    }

    @Test
    void everyPageIsNamedByTheSourceOfAClassThatItNames() throws IOException {
        var named = new TreeSet<String>();
        for (var source : sources()) {
            PAGE.matcher(Files.readString(source))
                    .results()
                    .map(match -> match.group(1))
                    .forEach(named::add);
        }

        assertThat(pages())
                .allSatisfy(page ->
                        assertThat(named).contains(page.getFileName().toString().replace(".md", "")));
    }

    @Test
    void theIndexListsEveryPage() throws IOException {
        var index = Files.readString(PAGES.resolve("README.md"));

        assertThat(pages()).allSatisfy(page -> assertThat(index).contains("(" + page.getFileName() + ")"));
    }

    private static List<Path> pages() throws IOException {
        return files(PAGES, ".md").stream()
                .filter(page -> !page.endsWith("README.md"))
                .toList();
    }

    private static List<Path> sources() throws IOException {
        return files(SOURCES, ".java");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
