package plimsoll.oracle.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import plimsoll.runtime.web.EndpointsView;
import plimsoll.runtime.web.LiveFeed;
import plimsoll.runtime.web.Loopback;

/** The oracle's readings as JSON, a stream that says when they changed, and the one order that may be given. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class OracleResource {

    private final OracleDesk desk;
    private final LiveFeed live;

    @Inject
    OracleResource(OracleDesk desk, LiveFeed live) {
        this.desk = desk;
        this.live = live;
    }

    /** What {@code GET /api/feeds} answers. */
    public record Feeds(List<OracleDesk.FeedView> feeds) {}

    /** What {@code GET /api/proposals} answers. */
    public record Proposals(List<OracleDesk.ProposalView> proposals) {}

    @GET
    @Path("api/status")
    @RunOnVirtualThread
    public OracleDesk.Status status() {
        return desk.status();
    }

    @GET
    @Path("api/endpoints")
    @RunOnVirtualThread
    public EndpointsView endpoints() {
        return desk.endpoints();
    }

    @GET
    @Path("api/feeds")
    @RunOnVirtualThread
    public Feeds feeds() {
        return new Feeds(desk.feeds());
    }

    @GET
    @Path("api/parameters")
    @RunOnVirtualThread
    public OracleDesk.ParametersView parameters() {
        return desk.parameters();
    }

    @GET
    @Path("api/proposals")
    @RunOnVirtualThread
    public Proposals proposals() {
        return new Proposals(desk.proposals());
    }

    @GET
    @Path("api/manifests/{hash}")
    @RunOnVirtualThread
    public String manifest(@PathParam("hash") String hash) {
        return desk.manifest(hash).orElseThrow(() -> new NotFoundException("No such manifest: hash=" + hash));
    }

    /** Calibrates at once. Only this machine may ask, and no page of another site through a browser on it. */
    @POST
    @Path("api/calibrations")
    @RunOnVirtualThread
    public OracleDesk.CalibrationView calibrate(@Context HttpServerRequest request) {
        // Not the Host header: HTTP/2 has none and names its host in a field of its own.
        HostAndPort asked = request.authority();
        Loopback.require(
                request.remoteAddress().hostAddress(),
                asked == null ? null : asked.host(),
                request.getHeader("Origin"));
        return desk.calibrate();
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void live(@Context SseEventSink sink, @Context Sse sse) {
        live.add(sink, sse);
    }
}
