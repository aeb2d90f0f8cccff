package plimsoll.risk.simulation;

/** A book on one market's terms with its screen: made once for each parameter vector, read by all threads. */
record PreparedBook(PositionTable table, HealthScreen screen) {

    static PreparedBook of(SimulatedMarket market, SimulatedBook book) {
        var table = new PositionTable(book, market);
        return new PreparedBook(table, new HealthScreen(table));
    }
}
