package plimsoll.chain.fuzz;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A second opinion on what some bytes say: a strict JSON reader written for this test after RFC 8259, without duplicate
 * keys. Values are maps, lists, text, {@link BigDecimal}, {@link Boolean} and {@link #NULL}.
 */
final class PlainJson {

    static final Object NULL = new Object();

    private static final int DEEPEST = 1_000;

    private final String text;
    private int at;
    private int depth;

    private PlainJson(String text) {
        this.text = text;
    }

    /** Throws {@link IllegalArgumentException} where it is not JSON. */
    static Object parse(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            PlainJson json = new PlainJson(text.startsWith("\ufeff") ? text.substring(1) : text);
            Object value = json.value();
            json.space();
            json.require(json.at == json.text.length());
            return value;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Object value() {
        space();
        require(at < text.length() && depth < DEEPEST);
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        depth++;
        at++;
        space();
        if (!skips('}')) {
            do {
                space();
                require(at < text.length() && text.charAt(at) == '"');
                String name = string();
                space();
                require(skips(':'));
                require(object.put(name, value()) == null);
                space();
            } while (skips(','));
            require(skips('}'));
        }
        depth--;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        depth++;
        at++;
        space();
        if (!skips(']')) {
            do {
                array.add(value());
                space();
            } while (skips(','));
            require(skips(']'));
        }
        depth--;
        return array;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (!skips('"')) {
            require(at < text.length());
            char c = text.charAt(at++);
            require(c >= ' ');
            string.append(c == '\\' ? escape() : c);
        }
        return string.toString();
    }

    private char escape() {
        require(at < text.length());
        char c = text.charAt(at++);
        if (c == 'u') {
            require(at + 4 <= text.length());
            int code = 0;
            for (int i = 0; i < 4; i++) {
                char digit = text.charAt(at++);
                require(digit < 128 && Character.digit(digit, 16) >= 0);
                code = 16 * code + Character.digit(digit, 16);
            }
            return (char) code;
        }
        int place = "\"\\/bfnrt".indexOf(c);
        require(place >= 0);
        return "\"\\/\b\f\n\r\t".charAt(place);
    }

    private Object word(String word, Object value) {
        require(text.startsWith(word, at));
        at += word.length();
        return value;
    }

    private BigDecimal number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        require(number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"));
        return new BigDecimal(number);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skips(char c) {
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("Not JSON at character " + at);
        }
    }
}
