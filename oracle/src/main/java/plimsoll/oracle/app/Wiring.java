package plimsoll.oracle.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.PoolEvents;
import plimsoll.chain.pool.PoolLog;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.LossModel;
import plimsoll.runtime.cli.Json;
import plimsoll.runtime.metrics.Listeners;
import plimsoll.runtime.metrics.PoolMeters;
import plimsoll.runtime.web.LiveFeed;

/** Makes the objects that come from configuration. */
final class Wiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    OracleSettings settings(OracleConfig config) {
        return OracleSettings.of(config);
    }

    @Produces
    @Singleton
    EndpointPool pool(OracleSettings settings, InstantSource clock, MeterRegistry registry) {
        PoolMeters meters = new PoolMeters(registry);
        EndpointPool pool = settings.service()
                .chain()
                .open(Listeners.all(PoolEvents.class, List.of(new PoolLog(), meters)), clock)
                .start();
        meters.watch(pool);
        return pool;
    }

    void close(@Disposes EndpointPool pool) {
        pool.close();
    }

    @Produces
    @Singleton
    Chain chain(EndpointPool pool, OracleSettings settings) {
        return settings.service().chainOver(pool);
    }

    @Produces
    @Singleton
    LossModel model() {
        return new FilteredHistoryModel();
    }

    @Produces
    @Singleton
    OracleLog log() {
        return new OracleLog();
    }

    @Produces
    @Singleton
    LiveFeed live() {
        return new LiveFeed();
    }

    @Produces
    @Singleton
    ObjectMapper json() {
        return Json.mapper();
    }
}
