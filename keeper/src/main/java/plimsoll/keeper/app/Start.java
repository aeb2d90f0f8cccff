package plimsoll.keeper.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import plimsoll.runtime.cli.Output;

/** What the process's main hands to the service that Quarkus starts for it. */
final class Start {

    private static final AtomicReference<Start> CURRENT = new AtomicReference<>();

    private final List<StartCheck.Checked> checked;
    private final MarginSettings margin;
    private final boolean once;
    private final Output output;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    Start(List<StartCheck.Checked> checked, MarginSettings margin, boolean once, Output output) {
        this.checked = checked;
        this.margin = margin;
        this.once = once;
        this.output = output;
    }

    static void announce(Start start) {
        CURRENT.set(start);
    }

    static Optional<Start> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    List<StartCheck.Checked> checked() {
        return checked;
    }

    MarginSettings margin() {
        return margin;
    }

    boolean once() {
        return once;
    }

    Output output() {
        return output;
    }

    void failed(RuntimeException reason) {
        failure = Optional.of(reason);
    }

    Optional<RuntimeException> failure() {
        return failure;
    }
}
