package plimsoll.oracle.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.LossModel;
import plimsoll.runtime.cli.Json;
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
    RpcClient rpc(OracleSettings settings) {
        return RpcClient.to(settings.service().chain().rpcUrl());
    }

    void close(@Disposes RpcClient rpc) {
        rpc.close();
    }

    @Produces
    @Singleton
    Chain chain(RpcClient rpc) {
        return new Chain(rpc);
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
