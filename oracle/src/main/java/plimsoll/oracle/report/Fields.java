package plimsoll.oracle.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Members of a manifest by their path; what is not there is empty, and a report leaves it out. */
final class Fields {

    private final Map<String, Object> members;

    Fields(Map<String, Object> members) {
        this.members = members;
    }

    @SuppressWarnings("unchecked") // canonical JSON has only text as member names
    private static Optional<Fields> fields(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Optional.of(new Fields((Map<String, Object>) map)) : Optional.empty();
    }

    /** Follows a path such as {@code badDebt.es99.value}. */
    private Optional<Object> at(String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? Optional.ofNullable(members.get(path))
                : fields(members.get(path.substring(0, dot))).flatMap(inner -> inner.at(path.substring(dot + 1)));
    }

    Optional<Fields> object(String path) {
        return at(path).flatMap(Fields::fields);
    }

    /** The member of an object whose name may hold dots, such as a level. */
    Optional<Fields> member(String name) {
        return fields(members.get(name));
    }

    List<String> names() {
        return members.keySet().stream().sorted().toList();
    }

    List<Fields> objects(String path) {
        return at(path).filter(List.class::isInstance)
                .map(list -> ((List<?>) list)
                        .stream().flatMap(element -> fields(element).stream()).toList())
                .orElse(List.of());
    }

    List<String> texts(String path) {
        return at(path).filter(List.class::isInstance)
                .map(list -> ((List<?>) list).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }

    String text(String path) {
        return at(path).map(String::valueOf).orElse("");
    }

    boolean truth(String path) {
        return at(path).filter(Boolean.TRUE::equals).isPresent();
    }

    double number(String path) {
        return at(path).filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .orElse(Double.NaN);
    }

    /** A row of a matrix. */
    List<List<Double>> matrix(String path) {
        return at(path).filter(List.class::isInstance)
                .map(rows -> ((List<?>) rows)
                        .stream()
                                .map(row -> ((List<?>) row)
                                        .stream()
                                                .map(value -> ((Number) value).doubleValue())
                                                .toList())
                                .toList())
                .orElse(List.of());
    }
}
