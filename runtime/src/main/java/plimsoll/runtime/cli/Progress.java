package plimsoll.runtime.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * A bar for long work, drawn on standard error where people watch: only on a terminal, at most ten times a second, and never
 * on standard output. Safe to advance from several threads.
 */
public final class Progress implements AutoCloseable {

    private static final int BAR = 30;
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

    private final PrintWriter err;
    private final String what;
    private final long total;
    private final boolean visible;
    private final long startedNanos = System.nanoTime();
    private long drawnNanos;
    private long done;
    private String note = "";

    private Progress(PrintWriter err, String what, long total, boolean visible) {
        this.err = err;
        this.what = what;
        this.total = Math.max(1, total);
        this.visible = visible;
    }

    static Progress on(PrintWriter err, String what, long total) {
        return new Progress(err, what, total, isTerminal());
    }

    /** A bar that always draws, for a program that has made sure of its terminal itself. */
    static Progress drawnOn(PrintWriter err, String what, long total) {
        return new Progress(err, what, total, true);
    }

    /** A bar that never draws. */
    public static Progress silent() {
        return new Progress(new PrintWriter(java.io.Writer.nullWriter()), "", 1, false);
    }

    public void advance() {
        advance(1);
    }

    public synchronized void advance(long steps) {
        done = Math.min(total, done + steps);
        draw(done == total);
    }

    /** Sets the position, for work that counts itself. */
    public synchronized void at(long position) {
        done = Math.clamp(position, 0, total);
        draw(done == total);
    }

    /** What is being done now, shown behind the bar. */
    public synchronized void note(String text) {
        note = text;
        draw(true);
    }

    @Override
    public synchronized void close() {
        if (visible) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private void draw(boolean now) {
        long nanos = System.nanoTime();
        if (!visible || (!now && nanos - drawnNanos < REDRAW_NANOS)) {
            return;
        }
        drawnNanos = nanos;
        int filled = (int) (BAR * done / total);
        long seconds = Duration.ofNanos(nanos - startedNanos).toSeconds();
        err.print("\r\u001b[K" + what + " " + "█".repeat(filled) + "░".repeat(BAR - filled) + " " + (100 * done / total)
                + " %  " + seconds + " s" + (note.isEmpty() ? "" : "  " + note));
        err.flush();
    }

    /** Without a console (both ends redirected) there is none to ask; the older contract of returning null still holds there. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }
}
