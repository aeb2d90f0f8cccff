package plimsoll.chain.call;

import java.util.List;

/** What a node says about calls made one after the other on one block's state. */
public sealed interface Simulation {

    /** Each call saw what the earlier ones had done; one that failed has done nothing. */
    record Simulated(List<SimulatedCall> calls) implements Simulation {
        public Simulated {
            calls = List.copyOf(calls);
        }
    }

    /**
     * The node cannot let one call see another's effects. {@link Chain#callAll} still answers each of them by itself, which
     * is another question.
     */
    record NotOffered(String reason) implements Simulation {}
}
