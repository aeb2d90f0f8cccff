package plimsoll.chain.pool;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Says in one line where two answers differ. */
final class Differences {

    private static final int LONGEST = 80;

    private Differences() {}

    static String between(JsonNode said, JsonNode others) {
        return between("", said, others);
    }

    private static String between(String path, JsonNode said, JsonNode others) {
        if (said.isArray() && others.isArray()) {
            if (said.size() != others.size()) {
                return line(path.isEmpty() ? "count" : path + ".count", said.size() + "", others.size() + "");
            }
            Iterator<JsonNode> other = others.iterator();
            int index = 0;
            for (JsonNode one : said) {
                JsonNode two = other.next();
                if (!one.equals(two)) {
                    return between(path + "[" + index + "]", one, two);
                }
                index++;
            }
        }
        if (said.isObject() && others.isObject()) {
            var names = new TreeSet<String>();
            said.properties().stream().map(Map.Entry::getKey).forEach(names::add);
            others.properties().stream().map(Map.Entry::getKey).forEach(names::add);
            for (String name : names) {
                JsonNode one = said.path(name);
                JsonNode two = others.path(name);
                if (!one.equals(two)) {
                    return between(path.isEmpty() ? name : path + "." + name, one, two);
                }
            }
        }
        return line(path.isEmpty() ? "answer" : path, brief(said), brief(others));
    }

    private static String line(String what, String said, String others) {
        return "differs=" + what + " said=" + said + " others=" + others;
    }

    /** Short enough for a log, without line breaks. */
    static String brief(JsonNode json) {
        if (json.isMissingNode()) {
            return "absent";
        }
        if (json.isContainer()) {
            return json.isArray() ? json.size() + " elements" : "an object";
        }
        String text = json.isString() ? json.stringValue() : json.toString();
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
