package plimsoll.keeper.margin;

/** Text from the chain, fit for a line of ours: tokens call themselves what they like. */
final class Plain {

    private static final int LONGEST = 20;

    private Plain() {}

    /** Letters, digits and a few signs; whatever else it held shows as a question mark. */
    static String word(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        String plain = cut.replaceAll("[^A-Za-z0-9.+_$-]", "?");
        return plain.isEmpty() ? "?" : plain;
    }
}
