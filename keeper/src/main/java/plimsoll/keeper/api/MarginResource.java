package plimsoll.keeper.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plimsoll.runtime.web.Loopback;
import plimsoll.units.Address;

/** The borrower's desk as JSON. Only this machine may change the watch list; mandates are configuration alone. */
@Path("/api/margin")
@Produces(MediaType.APPLICATION_JSON)
public class MarginResource {

    private static final int MOST = 1_000;

    private final MarginReadings desk;

    @Inject
    MarginResource(MarginReadings desk) {
        this.desk = desk;
    }

    /** What {@code GET /api/margin/watch} answers. */
    public record Watches(List<MarginReadings.WatchView> watches) {}

    /** What {@code GET /api/margin/calls} answers. */
    public record Calls(List<MarginReadings.CallView> calls) {}

    /** What {@code GET /api/margin/actions} answers. */
    public record Actions(List<MarginReadings.ActionView> actions) {}

    @GET
    @Path("watch")
    @RunOnVirtualThread
    public Watches watches() {
        return new Watches(desk.watches());
    }

    @POST
    @Path("watch")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public MarginReadings.WatchView watch(
            @Context HttpServerRequest request, MarginReadings.@Nullable WatchOrder order) {
        requireOperator(request);
        if (order == null) {
            throw new BadRequestException("Entry is missing: name, account and channels are needed");
        }
        try {
            return desk.watch(order);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }

    @DELETE
    @Path("watch/{name}")
    @RunOnVirtualThread
    public void unwatch(@Context HttpServerRequest request, @PathParam("name") String name) {
        requireOperator(request);
        if (!desk.unwatch(name)) {
            throw new NotFoundException("No such entry was added: name=" + name);
        }
    }

    @GET
    @Path("calls")
    @RunOnVirtualThread
    public Calls calls(
            @QueryParam("account") Optional<String> account, @QueryParam("limit") @DefaultValue("100") int limit) {
        return new Calls(desk.calls(account.map(MarginResource::address), Math.clamp(limit, 1, MOST)));
    }

    @GET
    @Path("actions")
    @RunOnVirtualThread
    public Actions actions(@QueryParam("limit") @DefaultValue("100") int limit) {
        return new Actions(desk.actions(Math.clamp(limit, 1, MOST)));
    }

    private static void requireOperator(HttpServerRequest request) {
        HostAndPort asked = request.authority(); // not the Host header, which HTTP/2 lacks
        Loopback.require(
                request.remoteAddress().hostAddress(),
                asked == null ? null : asked.host(),
                request.getHeader("Origin"));
    }

    private static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }
}
