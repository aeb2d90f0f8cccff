package plimsoll.chain.log;

/**
 * How old blocks are read.
 *
 * @param largest the most blocks asked for at once
 * @param logsAtOnce how many logs an answer should hold; pages shrink and grow towards it, and memory is bounded by it
 * @param ahead how many pages are asked for before the first of them is applied; 1 reads page after page
 */
public record Paging(int largest, int logsAtOnce, int ahead) {

    public Paging {
        if (largest < 1 || logsAtOnce < 1 || ahead < 1) {
            throw new IllegalArgumentException("Paging numbers must be positive: largest=" + largest + " logsAtOnce="
                    + logsAtOnce + " ahead=" + ahead);
        }
    }

    /** Up to 5,000 blocks and about 10,000 logs a page, four pages ahead. */
    public static Paging ordinary() {
        return new Paging(5_000, 10_000, 4);
    }
}
