package plimsoll.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final Pattern OTHER_HOST = Pattern.compile("(https?:)?//[a-z0-9.-]+\\.[a-z]{2,}");

    @Test
    void wrapsContentAndEscapesItsOwnText() {
        String html = Page.of("Keeper <1>", "<section id=\"x\"></section>")
                .link("Oracle & more", "/?a=1&b=2")
                .charts()
                .script("/positions.js")
                .html();

        assertThat(html)
                .contains("<title>Keeper &lt;1&gt;</title>", "<section id=\"x\"></section>")
                .contains("<a href=\"/?a=1&amp;b=2\">Oracle &amp; more</a>")
                .containsSubsequence("/plimsoll/live.js", "echarts.min.js", "/positions.js", "<main")
                .doesNotContainPattern(OTHER_HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"style.css", "live.js"})
    void loadsNothingFromAnotherHost(String name) throws IOException {
        try (InputStream resource =
                PageTest.class.getClassLoader().getResourceAsStream("META-INF/resources/plimsoll/" + name)) {
            assertThat(resource).isNotNull();
            assertThat(new String(resource.readAllBytes(), StandardCharsets.UTF_8))
                    .isNotBlank()
                    .doesNotContainPattern(OTHER_HOST);
        }
    }
}
