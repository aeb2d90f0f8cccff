package plimsoll.keeper.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import plimsoll.runtime.cli.Json;

/** The API writes values as our commands do. */
@Singleton
class JsonRules {

    @Produces
    @Singleton
    ObjectMapper mapper() {
        return Json.mapper();
    }
}
