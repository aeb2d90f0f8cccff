package plimsoll.keeper.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import plimsoll.runtime.cli.Json;
import plimsoll.runtime.web.LiveFeed;

/** Makes the objects that are not beans of ours. */
@Singleton
class Wiring {

    /** The API writes values as our commands do. */
    @Produces
    @Singleton
    ObjectMapper mapper() {
        return Json.mapper();
    }

    @Produces
    @Singleton
    LiveFeed live() {
        return new LiveFeed();
    }
}
