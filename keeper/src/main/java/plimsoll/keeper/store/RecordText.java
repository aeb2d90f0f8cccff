package plimsoll.keeper.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plimsoll.keeper.liquidation.Conditions;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.MarketBlock;

/**
 * Our records as JSON and back, exactly and without a line of code for any of them: a record is its components by name, one of a single
 * component is that component, and where a component's type does not say which record it is, {@code "@"} does. What is new in a record
 * is written by itself; what was written before is refused when it is read, not guessed.
 *
 * <p>Large records that do not belong to one block are written once, as parts under their digest, and referred to by {@code "#"}.
 */
final class RecordText {

    private static final String TYPE = "@";
    private static final String VALUE = "=";
    private static final String PART = "#";
    private static final String OURS = "plimsoll.";
    private static final int LEAST_PART = 240;

    /** These differ in every block: to keep them as parts would save nothing. */
    private static final Set<Class<?>> OF_ONE_BLOCK = Set.of(MarketBlock.class, Trial.class, Conditions.class);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordText() {}

    /** A record's text, and the parts that it refers to, by digest. */
    record Written(String content, Map<String, String> parts) {}

    static Written write(Record value) {
        var writer = new Writer();
        String content = writer.record(value, value.getClass()).node.toString();
        return new Written(content, writer.parts);
    }

    /**
     * The record again.
     *
     * @param parts finds a part's text by its digest
     * @throws IllegalArgumentException where the text is not one of this program's
     */
    static <T extends Record> T read(String content, Class<T> type, Function<String, String> parts) {
        return type.cast(new Reader(parts).value(tree(content), type));
    }

    /** The digests that a text refers to. */
    static Set<String> references(String content) {
        Set<String> found = new LinkedHashSet<>();
        tree(content).findValuesAsText(PART, new ArrayList<>()).forEach(found::add);
        return found;
    }

    private static JsonNode tree(String content) {
        try {
            return MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> known -> known;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> throw new IllegalArgumentException("Type cannot be written: type=" + type);
        };
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A value's text; {@code ofOneBlock} where it or something in it belongs to one block. */
    private record Text(JsonNode node, boolean ofOneBlock) {}

    private static final class Writer {

        private final Map<String, String> parts = new TreeMap<>();

        Text value(@Nullable Object value, Type declared) {
            return switch (value) {
                case null -> new Text(NODES.nullNode(), false);
                case Optional<?> optional ->
                    optional.isEmpty()
                            ? new Text(NODES.nullNode(), false)
                            : value(optional.get(), argument(declared, 0));
                case Boolean known -> new Text(NODES.booleanNode(known), false);
                case Integer known -> new Text(NODES.numberNode(known), false);
                case Long known -> new Text(NODES.numberNode(known), false);
                case String known -> new Text(NODES.textNode(known), false);
                case BigInteger known -> new Text(NODES.textNode(known.toString()), false);
                case Instant known -> new Text(NODES.textNode(known.toString()), false);
                case Duration known -> new Text(NODES.textNode(known.toString()), false);
                case Enum<?> known -> new Text(NODES.textNode(known.name()), false);
                case List<?> list -> all(list, argument(declared, 0), false);
                case Set<?> set -> all(set, argument(declared, 0), true);
                case Map<?, ?> map -> map(map, declared);
                case Record known -> shared(record(known, raw(declared)), known.getClass());
                default -> throw new IllegalArgumentException("Value cannot be written: type=" + value.getClass());
            };
        }

        /** Entries in the order of their keys' text: a map has none of its own, and the same content has the same digest. */
        private Text map(Map<?, ?> map, Type declared) {
            List<ArrayNode> entries = new ArrayList<>();
            boolean ofOneBlock = false;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Text key = value(entry.getKey(), argument(declared, 0));
                Text content = value(entry.getValue(), argument(declared, 1));
                entries.add(NODES.arrayNode().add(key.node).add(content.node));
                ofOneBlock |= key.ofOneBlock || content.ofOneBlock;
            }
            entries.sort(Comparator.comparing(JsonNode::toString));
            return new Text(NODES.arrayNode().addAll(entries), ofOneBlock);
        }

        private Text all(Iterable<?> values, Type element, boolean sorted) {
            List<JsonNode> nodes = new ArrayList<>();
            boolean ofOneBlock = false;
            for (Object value : values) {
                Text text = value(value, element);
                nodes.add(text.node);
                ofOneBlock |= text.ofOneBlock;
            }
            if (sorted) {
                nodes.sort(Comparator.comparing(JsonNode::toString));
            }
            return new Text(NODES.arrayNode().addAll(nodes), ofOneBlock);
        }

        Text record(Record value, Class<?> declared) {
            RecordComponent[] components = value.getClass().getRecordComponents();
            boolean ofOneBlock = OF_ONE_BLOCK.contains(value.getClass());
            ObjectNode node = NODES.objectNode();
            if (declared != value.getClass()) {
                node.put(TYPE, value.getClass().getName());
            }
            for (RecordComponent component : components) {
                Text text = value(read(value, component), component.getGenericType());
                if (components.length == 1 && node.isEmpty()) {
                    return new Text(text.node, ofOneBlock || text.ofOneBlock);
                }
                node.set(components.length == 1 ? VALUE : component.getName(), text.node);
                ofOneBlock |= text.ofOneBlock;
            }
            return new Text(node, ofOneBlock);
        }

        private Text shared(Text text, Class<?> type) {
            if (text.ofOneBlock || !text.node.isObject() || type.getRecordComponents().length == 1) {
                return text;
            }
            String content = text.node.toString();
            if (content.length() < LEAST_PART) {
                return text;
            }
            String digest = digest(content);
            parts.put(digest, content);
            return new Text(NODES.objectNode().put(PART, digest), false);
        }

        private static @Nullable Object read(Record value, RecordComponent component) {
            try {
                component.getAccessor().setAccessible(true);
                return component.getAccessor().invoke(value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException("Component cannot be read: " + component, e);
            }
        }
    }

    private static final class Reader {

        private final Function<String, String> parts;
        private final Map<String, JsonNode> read = new HashMap<>();

        Reader(Function<String, String> parts) {
            this.parts = parts;
        }

        Object value(JsonNode node, Type declared) {
            Class<?> type = raw(declared);
            if (type == Optional.class) {
                return node.isNull() ? Optional.empty() : Optional.of(value(node, argument(declared, 0)));
            }
            if (node.isObject() && node.has(PART)) {
                return value(
                        read.computeIfAbsent(node.get(PART).asText(), digest -> tree(parts.apply(digest))), declared);
            }
            if (type == boolean.class || type == Boolean.class) {
                return required(node.isBoolean(), node).booleanValue();
            }
            if (type == int.class || type == Integer.class) {
                return required(node.canConvertToInt(), node).intValue();
            }
            if (type == long.class || type == Long.class) {
                return required(node.canConvertToLong(), node).longValue();
            }
            if (type == String.class) {
                return text(node);
            }
            if (type == BigInteger.class) {
                return new BigInteger(text(node));
            }
            if (type == Instant.class) {
                return Instant.parse(text(node));
            }
            if (type == Duration.class) {
                return Duration.parse(text(node));
            }
            if (type.isEnum()) {
                return constant(type, text(node));
            }
            if (type == List.class || type == Set.class) {
                List<Object> values = new ArrayList<>();
                required(node.isArray(), node).forEach(element -> values.add(value(element, argument(declared, 0))));
                return type == List.class ? values : new LinkedHashSet<>(values);
            }
            if (type == Map.class) {
                Map<Object, Object> values = new HashMap<>();
                required(node.isArray(), node)
                        .forEach(entry -> values.put(
                                value(entry.get(0), argument(declared, 0)),
                                value(entry.get(1), argument(declared, 1))));
                return values;
            }
            return record(node, type);
        }

        private Object record(JsonNode node, Class<?> declared) {
            Class<?> type =
                    node.isObject() && node.has(TYPE) ? named(node.get(TYPE).asText(), declared) : declared;
            RecordComponent[] components = type.getRecordComponents();
            if (components == null) {
                throw new IllegalArgumentException("Text names no record: type=" + type.getName());
            }
            Object[] values = new Object[components.length];
            Class<?>[] types = new Class<?>[components.length];
            int named = node.isObject() && node.has(TYPE) ? 1 : 0;
            for (int i = 0; i < components.length; i++) {
                JsonNode component =
                        components.length > 1 ? node.get(components[i].getName()) : named == 0 ? node : node.get(VALUE);
                if (component == null) {
                    throw new IllegalArgumentException("Text lacks a component: record=" + type.getName()
                            + " component=" + components[i].getName());
                }
                values[i] = value(component, components[i].getGenericType());
                types[i] = components[i].getType();
            }
            if (components.length > 1 && node.size() != components.length + named) {
                throw new IllegalArgumentException(
                        "Text has components that the record has not: record=" + type.getName());
            }
            return made(type, types, values);
        }

        private static Object made(Class<?> type, Class<?>[] types, Object[] values) {
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor.newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("Record cannot be made again: record=" + type.getName(), e);
            }
        }

        /** Only records of ours, and only where the declaration lets them stand: the text must not choose what is run. */
        private static Class<?> named(String name, Class<?> declared) {
            try {
                Class<?> type = name.startsWith(OURS)
                        ? Class.forName(name, false, RecordText.class.getClassLoader())
                        : Void.class;
                if (type.isRecord() && declared.isAssignableFrom(type)) {
                    return type;
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException("Text names an unknown record: type=" + name, e);
            }
            throw new IllegalArgumentException("Text names no record that may stand here: type=" + name);
        }

        private static Object constant(Class<?> type, String name) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(
                    "Text names an unknown constant: type=" + type.getName() + " name=" + name);
        }

        private static String text(JsonNode node) {
            return required(node.isTextual(), node).asText();
        }

        private static JsonNode required(boolean holds, JsonNode node) {
            if (!holds) {
                throw new IllegalArgumentException("Text is of another type: found=" + node);
            }
            return node;
        }
    }
}
