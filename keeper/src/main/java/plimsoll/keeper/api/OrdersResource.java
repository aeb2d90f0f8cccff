package plimsoll.keeper.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import plimsoll.keeper.liquidation.guard.Halt;
import plimsoll.runtime.web.Loopback;

/** The kill switch: only this machine may press it, and every press is written down with its reason. */
@Path("/") // as KeeperResource has it: a root of its own below would hide the paths of the other
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {

    private static final String BY = "operator";

    private final KeeperOrders orders;

    @Inject
    OrdersResource(KeeperOrders orders) {
        this.orders = orders;
    }

    /** What all three answer: absent while the keeper may send. */
    public record Standing(Optional<Halt> halt) {}

    @GET
    @Path("api/halt")
    @RunOnVirtualThread
    public Standing standing() {
        return new Standing(orders.halt());
    }

    @POST
    @Path("api/halt")
    @RunOnVirtualThread
    public Standing halt(@Context HttpServerRequest request, @QueryParam("reason") Optional<String> reason) {
        requireOperator(request);
        orders.halt(BY, said(reason));
        return standing();
    }

    @POST
    @Path("api/resume")
    @RunOnVirtualThread
    public Standing resume(@Context HttpServerRequest request, @QueryParam("reason") Optional<String> reason) {
        requireOperator(request);
        orders.resume(BY, said(reason));
        return standing();
    }

    private static String said(Optional<String> reason) {
        return reason.map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new BadRequestException("Reason is missing: give ?reason="));
    }

    private static void requireOperator(HttpServerRequest request) {
        HostAndPort asked = request.authority();
        Loopback.require(
                request.remoteAddress().hostAddress(),
                asked == null ? null : asked.host(),
                request.getHeader("Origin"));
    }
}
