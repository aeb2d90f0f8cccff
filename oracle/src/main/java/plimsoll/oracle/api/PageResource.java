package plimsoll.oracle.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import plimsoll.runtime.web.EndpointsView;
import plimsoll.runtime.web.Page;

/** The oracle's one page: feeds, current and recommended parameters, proposals, kept up to date by the shell's script. */
@Path("/")
public class PageResource {

    private static final String CONTENT = """
            <section>
            <h2>Status</h2>
            <dl class="figures" data-source="/api/status">
            <div><dt>Block</dt><dd data-field="blockNumber"></dd></div>
            <div><dt>Last calibration</dt><dd data-field="calibratedAt" data-format="time"></dd></div>
            <div><dt>Manifest</dt><dd data-field="manifest" data-format="hex"></dd></div>
            <div><dt>Proposals open</dt><dd data-field="openProposals"></dd></div>
            <div><dt>Sends proposals</dt><dd data-field="live"></dd></div>
            <div><dt>Trouble</dt><dd data-field="trouble"></dd></div>
            </dl>
            </section>
            <section>
            <h2>Price feeds</h2>
            <table data-source="/api/feeds" data-rows="feeds" data-key="asset">
            <thead><tr>
            <th scope="col" data-field="symbol">Asset</th>
            <th scope="col" data-field="answer" data-format="number:4">Answer</th>
            <th scope="col" data-field="updatedAt" data-format="time">Updated</th>
            <th scope="col" data-field="state" data-format="state">State</th>
            <th scope="col" data-field="aggregator" data-format="hex">Aggregator</th>
            <th scope="col" data-field="description">Feed</th>
            </tr></thead><tbody></tbody></table>
            </section>
            <section>
            <h2>Parameters, current and recommended</h2>
            <table data-source="/api/parameters" data-rows="parameters" data-key="asset"
             data-empty="Nothing has been calibrated yet.">
            <thead><tr>
            <th scope="col" data-field="symbol">Asset</th>
            <th scope="col" data-field="current.ltvBps" data-format="percent">LTV</th>
            <th scope="col" data-field="recommended.ltvBps" data-format="percent">LTV recommended</th>
            <th scope="col" data-field="current.liquidationThresholdBps" data-format="percent">Threshold</th>
            <th scope="col" data-field="recommended.liquidationThresholdBps" data-format="percent">Threshold recommended</th>
            <th scope="col" data-field="current.liquidationBonusBps" data-format="percent">Bonus</th>
            <th scope="col" data-field="reasons" data-format="wrap">Reasons</th>
            </tr></thead><tbody></tbody></table>
            </section>
            <section>
            <h2>Proposals</h2>
            <table data-source="/api/proposals" data-rows="proposals" data-key="id" data-empty="No proposal has been made.">
            <thead><tr>
            <th scope="col" data-field="id">Number</th>
            <th scope="col" data-field="state" data-format="state">State</th>
            <th scope="col" data-field="onchainId" data-format="hex">On chain</th>
            <th scope="col" data-field="manifest" data-format="hex">Manifest</th>
            <th scope="col" data-field="executableAt" data-format="time">Executable</th>
            <th scope="col" data-field="governor" data-format="hex">Governor</th>
            </tr></thead><tbody></tbody></table>
            </section>
            """;

    @GET
    @Produces(MediaType.TEXT_HTML)
    public String page() {
        return Page.of("Plimsoll oracle", CONTENT + EndpointsView.SECTION).html();
    }
}
