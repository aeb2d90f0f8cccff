package plimsoll.keeper.api;

import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import plimsoll.runtime.web.EndpointsView;
import plimsoll.runtime.web.Page;

/** The keeper's one page: how it is doing, positions by health factor, liquidations, the journal; all kept up to date. */
@Path("/")
public class KeeperPage {

    private final Template keeper;

    @Inject
    KeeperPage(Template keeper) {
        this.keeper = keeper;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RunOnVirtualThread
    public String page() {
        return Page.of("Plimsoll keeper", keeper.instance().render() + EndpointsView.SECTION)
                .charts()
                .script("/keeper.js")
                .link("Metrics", "/q/metrics")
                .link("Health", "/q/health")
                .html();
    }
}
