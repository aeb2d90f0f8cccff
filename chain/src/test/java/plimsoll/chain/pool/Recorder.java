package plimsoll.chain.pool;

import java.util.ArrayList;
import java.util.List;
import plimsoll.chain.testing.SilentPoolEvents;

/** Keeps what a pool tells, one line an event. */
final class Recorder extends SilentPoolEvents {

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void changed(String endpoint, EndpointState from, EndpointState to, String reason) {
        lines.add("changed " + endpoint + " " + from + " " + to + " " + reason);
    }

    @Override
    public synchronized void lied(String endpoint, String method, String difference) {
        lines.add("lied " + endpoint + " " + method + " " + difference);
    }

    @Override
    public synchronized void blocked(String disagreement) {
        lines.add("blocked " + disagreement);
    }

    @Override
    public synchronized void unblocked(String disagreement, String how) {
        lines.add("unblocked " + disagreement + " " + how);
    }

    @Override
    public synchronized void trusting(String endpoint) {
        lines.add("trusting " + endpoint);
    }

    @Override
    public synchronized void hedged(String slow, String second, String method) {
        lines.add("hedged " + slow + " " + second + " " + method);
    }

    @Override
    public synchronized void failedOver(String endpoint, String method, String reason) {
        lines.add("failedOver " + endpoint + " " + method + " " + reason);
    }

    @Override
    public synchronized void resized(String endpoint, int from, int to, String reason) {
        lines.add("resized " + endpoint + " " + from + " " + to);
    }

    @Override
    public synchronized void auditsDropped(long total) {
        lines.add("auditsDropped " + total);
    }

    /** Every line that starts so. */
    synchronized List<String> lines(String start) {
        return lines.stream().filter(line -> line.startsWith(start)).toList();
    }
}
