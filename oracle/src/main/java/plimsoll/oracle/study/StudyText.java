package plimsoll.oracle.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The study's words, with a place in double braces for each thing that is computed. */
final class StudyText {

    private static final String WORDS = "aave-2023.md";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private StudyText() {}

    /** The page; every place must be filled, and nothing may be left over. */
    static String fill(Map<String, String> computed) {
        var left = new TreeMap<>(computed);
        var page = PLACE.matcher(words())
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(
                                computed.get(taken(left, place.group(1))),
                                () -> "nothing computed for " + place.group())
                        .strip()));
        if (!left.isEmpty()) {
            throw new IllegalStateException("the study's words have no place for " + left.keySet());
        }
        return page;
    }

    private static String taken(Map<String, String> left, String name) {
        left.remove(name);
        return name;
    }

    private static String words() {
        try (var stream = Objects.requireNonNull(StudyText.class.getResourceAsStream(WORDS), WORDS)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
