package plimsoll.oracle.evidence;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the first place, in canonical order, where two values of canonical JSON differ. */
final class Difference {

    private static final int LONGEST = 80;

    private Difference() {}

    static Optional<String> first(String path, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return inObjects(path, a, b);
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return inArrays(path, a, b);
        }
        if (Objects.equals(left, right)) {
            return Optional.empty();
        }
        return Optional.of(path + ": manifest=" + shown(left) + " recomputed=" + shown(right));
    }

    private static Optional<String> inObjects(String path, Map<?, ?> a, Map<?, ?> b) {
        TreeSet<String> names = new TreeSet<>();
        a.keySet().forEach(name -> names.add((String) name));
        b.keySet().forEach(name -> names.add((String) name));
        for (String name : names) {
            Optional<String> found = first(path.isEmpty() ? name : path + "." + name, a.get(name), b.get(name));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inArrays(String path, List<?> a, List<?> b) {
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            Optional<String> found =
                    first(path + "[" + i + "]", i < a.size() ? a.get(i) : null, i < b.size() ? b.get(i) : null);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        String text = CanonicalJson.write(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
