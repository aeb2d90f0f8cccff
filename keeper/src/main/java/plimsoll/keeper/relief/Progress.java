package plimsoll.keeper.relief;

/** How far an order has come. */
public enum Progress {
    /** Something of it is under way. */
    OPEN("open"),
    /** It has happened, for good. */
    DONE("done"),
    /** The chain refused; no tokens moved. */
    FAILED("failed"),
    /** It was not begun in time, and will not be. */
    LAPSED("lapsed"),
    /** The protocol refused, and the borrower has the tokens back. */
    RETURNED("returned"),
    /** The protocol refused, and so did the way back: the tokens lie in the keeper's account. */
    STRANDED("stranded");

    private final String word;

    Progress(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
