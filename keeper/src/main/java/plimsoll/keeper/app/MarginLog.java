package plimsoll.keeper.app;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.MarginCall;
import plimsoll.keeper.margin.Reading;
import plimsoll.keeper.margin.Verdict;
import plimsoll.keeper.store.MandateStore;
import plimsoll.units.Address;

/** What the margin services tell the operator: one method an event, one line an event. One thread uses it. */
final class MarginLog {

    private static final Logger LOG = LoggerFactory.getLogger("plimsoll.keeper.margin");

    private final Map<String, String> lastVerdicts = new HashMap<>();
    private long skipped;

    void started(int watches, int mandates, int channels) {
        LOG.info("margin services started: watches={} mandates={} channels={}", watches, mandates, channels);
    }

    void called(MarginCall call) {
        LOG.info(
                "margin call: account={} market={} level={} healthFactor={} key={}",
                call.reading().account(),
                call.reading().market(),
                call.level(),
                call.health(),
                call.key());
    }

    void unknownHealth(Address account, String market) {
        LOG.warn("watched account has no health, for the market has no price: account={} market={}", account, market);
    }

    /** Once for each change of mind. */
    void decided(Mandate mandate, Reading reading, Verdict verdict) {
        String position = mandate.name() + reading.market() + reading.account();
        String before = lastVerdicts.put(position, verdict.word());
        if (!verdict.word().equals(before)) {
            LOG.info(
                    "mandate decided: mandate={} account={} healthFactor={} verdict={} because={}",
                    mandate.name(),
                    reading.account(),
                    reading.health(),
                    verdict.word(),
                    verdict.reason());
        }
    }

    void concluded(MandateStore.Open action, String state) {
        switch (state) {
            case "done" -> LOG.info("mandate's action done: account={} key={}", action.account(), action.key());
            case "stranded" ->
                LOG.error(
                        "mandate's action left the borrower's tokens in the keeper's account, give them back by hand:"
                                + " account={} asset={} raw={} key={}",
                        action.account(),
                        action.relief().asset(),
                        action.relief().amount().raw(),
                        action.key());
            default ->
                LOG.warn(
                        "mandate's action came to nothing: state={} account={} key={}",
                        state,
                        action.account(),
                        action.key());
        }
    }

    void skipped() {
        skipped++;
        if (Long.bitCount(skipped) == 1) {
            LOG.warn("margin services are behind, the oldest look is left out: leftOut={}", skipped);
        }
    }

    void failed(RuntimeException reason) {
        LOG.warn("margin services failed at a block, will look again at the next: {}", reason.getMessage());
        LOG.debug("margin services failed", reason);
    }
}
