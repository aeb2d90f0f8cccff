package plimsoll.keeper.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Optional;
import plimsoll.runtime.web.EndpointsView;
import plimsoll.runtime.web.LiveFeed;
import plimsoll.units.HealthFactor;

/** The keeper's readings as JSON, and a stream that says when they changed. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class KeeperResource {

    private static final int MOST = 10_000;

    private final KeeperReadings readings;
    private final LiveFeed live;

    @Inject
    KeeperResource(KeeperReadings readings, LiveFeed live) {
        this.readings = readings;
        this.live = live;
    }

    /** What {@code GET /api/positions} answers. */
    public record Positions(List<PositionView> positions) {}

    /** What {@code GET /api/liquidations} answers. */
    public record Liquidations(List<LiquidationView> liquidations) {}

    /** What {@code GET /api/decisions} answers. */
    public record Decisions(List<DecisionView> decisions) {}

    @GET
    @Path("api/status")
    @RunOnVirtualThread
    public StatusView status() {
        return readings.status().orElseThrow(() -> new ServiceUnavailableException("Keeper is starting"));
    }

    @GET
    @Path("api/endpoints")
    @RunOnVirtualThread
    public EndpointsView endpoints() {
        return readings.endpoints().orElseThrow(() -> new ServiceUnavailableException("Keeper is starting"));
    }

    @GET
    @Path("api/positions")
    @RunOnVirtualThread
    public Positions positions(
            @QueryParam("below") Optional<String> below, @QueryParam("limit") @DefaultValue("200") int limit) {
        return new Positions(readings.positions(below.map(KeeperResource::healthFactor), within(limit)));
    }

    @GET
    @Path("api/liquidations")
    @RunOnVirtualThread
    public Liquidations liquidations(@QueryParam("limit") @DefaultValue("200") int limit) {
        return new Liquidations(readings.liquidations(within(limit)));
    }

    @GET
    @Path("api/decisions")
    @RunOnVirtualThread
    public Decisions decisions(@QueryParam("limit") @DefaultValue("200") int limit) {
        return new Decisions(readings.decisions(within(limit)));
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void live(@Context SseEventSink sink, @Context Sse sse) {
        live.add(sink, sse);
    }

    private static HealthFactor healthFactor(String text) {
        try {
            return HealthFactor.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }

    private static int within(int limit) {
        return Math.clamp(limit, 1, MOST);
    }
}
