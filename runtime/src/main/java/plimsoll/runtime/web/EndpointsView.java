package plimsoll.runtime.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointState;
import plimsoll.chain.pool.EndpointStatus;
import plimsoll.units.BlockNumber;

/**
 * What {@code GET /api/endpoints} answers: the chain's endpoints as they stand. Never with a URL.
 *
 * @param blocked whether endpoints contradict each other, so that nothing is read or sent
 * @param alert what somebody has to look at now; absent where all is well
 * @param head the newest block that enough of them know
 */
public record EndpointsView(
        boolean blocked, Optional<String> alert, Optional<BlockNumber> head, List<Endpoint> endpoints) {

    /** The section of a page that shows it. */
    public static final String SECTION = """
            <section class="wide">
            <h2>Endpoints</h2>
            <dl class="figures" data-source="/api/endpoints">
            <div><dt>Agreed block</dt><dd data-field="head" data-format="number:0"></dd></div>
            <div><dt>Alert</dt><dd data-field="alert"></dd></div>
            </dl>
            <div class="scroll">
            <table data-source="/api/endpoints" data-rows="endpoints" data-key="name">
            <thead><tr>
            <th scope="col" data-field="name">Endpoint</th>
            <th scope="col" data-field="operator">Operator</th>
            <th scope="col" data-field="state" data-format="state">State</th>
            <th scope="col" data-field="head" data-format="number:0">Block</th>
            <th scope="col" data-field="latencyMs" data-format="number:1">Latency ms</th>
            <th scope="col" data-field="reason" data-format="wrap">Reason</th>
            </tr></thead><tbody></tbody></table>
            </div>
            </section>
            """;

    public EndpointsView {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * One endpoint.
     *
     * @param latencyMs mean time of an exchange
     * @param reason why it is in this state
     */
    public record Endpoint(
            String name, String operator, String state, Optional<BlockNumber> head, double latencyMs, String reason) {}

    public static EndpointsView of(EndpointPool pool) {
        List<EndpointStatus> all = pool.endpoints();
        boolean blocked = pool.isBlocked();
        Optional<BlockNumber> head = pool.head().map(found -> found.number());
        return new EndpointsView(
                blocked,
                alert(blocked, head, all),
                head,
                all.stream().map(EndpointsView::endpoint).toList());
    }

    private static Optional<String> alert(boolean blocked, Optional<BlockNumber> head, List<EndpointStatus> all) {
        if (blocked) {
            return Optional.of("Endpoints contradict each other: nothing is read or sent until they agree");
        }
        if (head.isEmpty()) {
            return Optional.of("Too few endpoints know a head: nothing is read or sent");
        }
        List<String> out = all.stream()
                .filter(endpoint -> endpoint.state() != EndpointState.ALIVE)
                .map(endpoint -> endpoint.name() + " is " + word(endpoint.state()))
                .toList();
        return out.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", out));
    }

    private static Endpoint endpoint(EndpointStatus status) {
        return new Endpoint(
                status.name(),
                status.operator(),
                word(status.state()),
                status.head().map(found -> found.number()),
                status.latency().toNanos() / 1e6,
                status.reason());
    }

    private static String word(EndpointState state) {
        return state.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
