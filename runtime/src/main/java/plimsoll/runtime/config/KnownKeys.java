package plimsoll.runtime.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys that a configuration interface declares. One that ends in {@code .*} is a map and takes any last part; a star in the
 * middle stands for the name of one of several things of a kind, such as an endpoint.
 */
final class KnownKeys {

    private final Map<String, Optional<String>> defaults = new TreeMap<>();
    private final String prefix;

    KnownKeys(Class<?> mapping) {
        ConfigMapping annotation = mapping.getAnnotation(ConfigMapping.class);
        if (annotation == null) {
            throw new IllegalArgumentException("Not a configuration interface: " + mapping);
        }
        prefix = annotation.prefix();
        collect(prefix, mapping);
    }

    String prefix() {
        return prefix;
    }

    Map<String, Optional<String>> withDefaults() {
        return new TreeMap<>(defaults);
    }

    boolean knows(String key) {
        return defaults.keySet().stream().anyMatch(known -> matches(known, key, "(\"[^\"]+\"|[^.]+)", ".+"));
    }

    /** Whether an environment variable's name spells one of the keys. */
    boolean knowsVariable(String name) {
        return defaults.keySet().stream().anyMatch(known -> matches(variable(known), name, "[A-Z0-9_]+", ".+"));
    }

    /** A star stands for one name in the middle of a key, and for everything at its end. */
    private static boolean matches(String known, String found, String oneName, String rest) {
        boolean open = known.endsWith("*");
        String closed = open ? known.substring(0, known.length() - 1) : known;
        String pattern =
                Arrays.stream(closed.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(oneName));
        return found.matches(open ? pattern + rest : pattern);
    }

    /** How a key is spelled as an environment variable. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
    }

    /** The known key that looks most like this one, for the message. */
    String nearest(String key) {
        String plain = key.toLowerCase(Locale.ROOT).replace('_', '.');
        return defaults.keySet().stream()
                .min(Comparator.comparingInt(known -> distance(plain, known)))
                .orElseThrow();
    }

    private void collect(String path, Class<?> group) {
        for (Method method : group.getMethods()) {
            if (!Modifier.isAbstract(method.getModifiers())) {
                continue;
            }
            WithName name = method.getAnnotation(WithName.class);
            String key = path + "." + (name == null ? kebab(method.getName()) : name.value());
            Class<?> type = method.getReturnType();
            if (type.equals(Map.class)) {
                Class<?> value = valueType(method);
                if (isMappedGroup(value)) {
                    collect(key + ".*", value);
                } else {
                    defaults.put(key + ".*", Optional.empty());
                }
            } else if (isMappedGroup(type)) {
                collect(key, type);
            } else {
                defaults.put(
                        key,
                        Optional.ofNullable(method.getAnnotation(WithDefault.class))
                                .map(WithDefault::value));
            }
        }
    }

    private static Class<?> valueType(Method map) {
        return map.getGenericReturnType() instanceof ParameterizedType type
                        && type.getActualTypeArguments()[1] instanceof Class<?> value
                ? value
                : Object.class;
    }

    /** Groups are interfaces declared for a mapping, all of whose methods are keys. */
    private static boolean isMappedGroup(Class<?> type) {
        return type.isInterface()
                && type.getEnclosingClass() != null
                && Arrays.stream(type.getMethods())
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .allMatch(method -> method.getParameterCount() == 0);
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's: the fewest single letters to insert, remove or change. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
