package plimsoll.oracle.evidence;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.units.Bps;

/**
 * Records as canonical JSON's values and back, so that what a manifest says and what was computed cannot drift apart.
 *
 * <p>A member is named after the component; a {@link Bps} adds {@code Bps}, a {@link Duration} {@code Seconds}: a number
 * carries its unit. One of several alternatives says which as {@code is}. What is absent is left out. {@code long} is text, since a double holds only 53 bits; a number that is
 * not finite is the text {@code NaN}, {@code Infinity} or {@code -Infinity}.
 */
public final class RecordContent {

    private RecordContent() {}

    /** The members of a record. */
    public static Map<String, Object> of(Record value) {
        TreeMap<String, Object> members = new TreeMap<>();
        if (Arrays.stream(value.getClass().getInterfaces()).anyMatch(Class::isSealed)) {
            members.put("is", value.getClass().getSimpleName());
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object found = unwrapped(get(component, value));
            if (found != null) {
                members.put(name(component.getName(), found), value(found));
            }
        }
        return members;
    }

    /** Any value that a manifest can hold. */
    public static Object value(Object found) {
        return switch (found) {
            case String text -> text;
            case Boolean truth -> truth;
            case Integer number -> number;
            case Long number -> Long.toString(number);
            case Double number -> Double.isFinite(number) ? number : Double.toString(number);
            case Enum<?> choice -> choice.name();
            case Bps share -> share.raw();
            case Duration duration -> duration.toSeconds();
            case Instant time -> time.toString();
            case LocalDate day -> day.toString();
            case Map<?, ?> map -> {
                TreeMap<String, Object> members = new TreeMap<>();
                map.forEach((key, member) -> members.put(String.valueOf(key), value(member)));
                yield members;
            }
            case Iterable<?> list -> {
                List<Object> values = new ArrayList<>();
                list.forEach(element -> values.add(value(element)));
                yield values;
            }
            case Record record -> isText(record) ? record.toString() : of(record);
            default -> {
                if (!found.getClass().isArray()) {
                    yield found.toString();
                }
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < Array.getLength(found); i++) {
                    values.add(value(Array.get(found, i)));
                }
                yield values;
            }
        };
    }

    /**
     * The record that {@link #of} wrote; what is missing or of another kind is named in an
     * {@link IllegalArgumentException}.
     */
    public static <R extends Record> R read(Map<String, Object> members, Class<R> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = component(members, components[i]);
        }
        try {
            var constructor = kind.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object component(Map<String, Object> members, RecordComponent component) {
        Class<?> type = component.getType();
        if (type == Optional.class) {
            Type inner = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            Class<?> wrapped = (Class<?>) inner;
            String name = named(component.getName(), wrapped);
            return Optional.ofNullable(members.get(name)).map(value -> parsed(value, wrapped, inner, name));
        }
        String name = named(component.getName(), type);
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Manifest lacks " + name);
        }
        return parsed(value, type, component.getGenericType(), name);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the component's own type says what it is
    private static Object parsed(Object value, Class<?> type, Type generic, String name) {
        try {
            if (type == int.class || type == Integer.class) {
                return Math.toIntExact((Long) value);
            } else if (type == long.class || type == Long.class) {
                return Long.parseLong((String) value);
            } else if (type == double.class || type == Double.class) {
                return value instanceof String text ? Double.parseDouble(text) : ((Number) value).doubleValue();
            } else if (type == boolean.class || type == Boolean.class) {
                return (Boolean) value;
            } else if (type == String.class) {
                return (String) value;
            } else if (type == Bps.class) {
                return Bps.ofRaw((Long) value);
            } else if (type == Duration.class) {
                return Duration.ofSeconds((Long) value);
            } else if (type == Instant.class) {
                return Instant.parse((String) value);
            } else if (type == LocalDate.class) {
                return LocalDate.parse((String) value);
            } else if (type.isEnum()) {
                return Enum.valueOf((Class) type, (String) value);
            } else if (type == List.class) {
                Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
                return ((List<?>) value)
                        .stream()
                                .map(member -> parsed(member, element, element, name))
                                .toList();
            } else if (type.isRecord()) {
                return read((Map<String, Object>) value, (Class<? extends Record>) type);
            }
        } catch (ClassCastException | ArithmeticException | NumberFormatException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("Manifest's " + name + " is not " + type.getSimpleName(), e);
        }
        throw new IllegalStateException("No way to read a " + type.getName());
    }

    /** A value type of the chain, such as an address: its text is what it is. */
    private static boolean isText(Record record) {
        return record.getClass().getPackageName().equals("plimsoll.units");
    }

    private static String name(String component, Object found) {
        return named(component, found.getClass());
    }

    private static String named(String component, Class<?> type) {
        return type == Bps.class ? component + "Bps" : type == Duration.class ? component + "Seconds" : component;
    }

    private static @Nullable Object unwrapped(@Nullable Object found) {
        return switch (found) {
            case null -> null;
            case Optional<?> optional -> optional.orElse(null);
            case OptionalDouble optional -> optional.isPresent() ? optional.getAsDouble() : null;
            default -> found;
        };
    }

    private static @Nullable Object get(RecordComponent component, Record value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(Arrays.toString(value.getClass().getRecordComponents()), e);
        }
    }
}
