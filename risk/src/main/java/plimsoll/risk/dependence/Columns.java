package plimsoll.risk.dependence;

/** Checks of samples that come as one column for each asset. */
final class Columns {

    /** Fewer rows say nothing about how columns move together. */
    static final int FEWEST_ROWS = 20;

    private Columns() {}

    /** The number of rows; refuses ragged, short, constant or non-finite columns. */
    static int require(double[][] columns) {
        if (columns.length < 2) {
            throw new IllegalArgumentException("dependence needs two columns: found=" + columns.length);
        }
        var rows = columns[0].length;
        if (rows < FEWEST_ROWS) {
            throw new IllegalArgumentException("too few rows: found=%d needed=%d".formatted(rows, FEWEST_ROWS));
        }
        for (var i = 0; i < columns.length; i++) {
            requireColumn(columns[i], i, rows);
        }
        return rows;
    }

    private static void requireColumn(double[] column, int index, int rows) {
        if (column.length != rows) {
            throw new IllegalArgumentException(
                    "columns differ in length: index=%d found=%d needed=%d".formatted(index, column.length, rows));
        }
        var varies = false;
        for (var row = 0; row < rows; row++) {
            if (!Double.isFinite(column[row])) {
                throw new IllegalArgumentException(
                        "not a finite number: column=%d row=%d found=%s".formatted(index, row, column[row]));
            }
            varies |= column[row] != column[0];
        }
        if (!varies) {
            throw new IllegalArgumentException("column does not vary: index=%d value=%s".formatted(index, column[0]));
        }
    }

    static double mean(double[] column) {
        var sum = 0.0;
        for (var value : column) {
            sum += value;
        }
        return sum / column.length;
    }

    static double[][] centred(double[][] columns) {
        var centred = new double[columns.length][];
        for (var i = 0; i < columns.length; i++) {
            var mean = mean(columns[i]);
            centred[i] = columns[i].clone();
            for (var row = 0; row < centred[i].length; row++) {
                centred[i][row] -= mean;
            }
        }
        return centred;
    }

    /** Mean products of every two columns: (1/n)·Σ x_i·x_j. */
    static double[][] meanProducts(double[][] columns) {
        var assets = columns.length;
        var products = new double[assets][assets];
        for (var i = 0; i < assets; i++) {
            for (var j = 0; j <= i; j++) {
                var sum = 0.0;
                for (var row = 0; row < columns[i].length; row++) {
                    sum += columns[i][row] * columns[j][row];
                }
                products[i][j] = sum / columns[i].length;
                products[j][i] = products[i][j];
            }
        }
        return products;
    }
}
