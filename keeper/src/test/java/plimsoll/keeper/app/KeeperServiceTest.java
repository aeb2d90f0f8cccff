package plimsoll.keeper.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static plimsoll.units.Bps.percent;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plimsoll.chain.key.Signer;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Opening;
import plimsoll.keeper.store.JournalLine;
import plimsoll.keeper.store.KeeperStore;
import plimsoll.keeper.store.SentLiquidation;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.runtime.store.Duty;
import plimsoll.units.Address;

/** The service with its database, its loop and its API, against the real contracts. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class KeeperServiceTest {

    private static final int BORROWERS = 12;

    @SuppressWarnings("NullAway.Init")
    private static Devnet devnet;

    @Inject
    @SuppressWarnings("NullAway.Init")
    KeeperWorker worker;

    @Inject
    @SuppressWarnings("NullAway.Init")
    KeeperStore store;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @BeforeAll
    static void start() {
        devnet = Devnet.start(DevnetSettings.ofSeed(21));
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @Test
    void liquidatesJournalsAndShowsWhatItDid() {
        Account wallet = devnet.account("keeper");
        devnet.market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("100000"));
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < BORROWERS; i++) {
            openings.add(new Opening(
                    "borrower-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, Asset.USDC.amount("3900"))));
        }
        devnet.market().open(openings);
        Address saver =
                devnet.market().borrower("saver").supplies(Asset.WETH, "1").address();
        given().get("/api/status").then().statusCode(503);

        KeeperSettings settings = KeeperBench.settings(devnet, true, "UNUSED");
        Duty dry = new Duty(
                dataSource,
                "market " + settings.market().id().key(),
                new Duty.Candidate("a keeper in dry run that was there first", () -> true, () -> false),
                Duration.ofMinutes(1),
                () -> {});
        dry.start();
        worker.prepare(
                List.of(new StartCheck.Checked(settings, Optional.of(Signer.fromPrivateKey(wallet.privateKey())))));
        try {
            worker.start(MarginSettings.none());
            waitUntil(() -> worker.markets().getFirst().view().isPresent());
            devnet.market().priceOf(Asset.WETH).fallsBy(percent(20));
            long market = store.market(settings.market().id());
            SnapshotStore snapshots = new SnapshotStore(dataSource);
            String prefix = settings.market().id().reasonPrefix();
            waitUntil(() -> store.countLiquidations(prefix) >= BORROWERS);
            waitUntil(() -> worker.markets()
                    .getFirst()
                    .view()
                    .orElseThrow()
                    .round()
                    .liquidatable()
                    .isEmpty());
            waitUntil(() -> store.liquidations(prefix, 1_000).stream()
                    .allMatch(sent ->
                            sent.minedBlock().isPresent() && sent.amounts().isPresent()));

            assertThat(store.liquidations(prefix, 1_000).stream()
                            .map(SentLiquidation::account)
                            .distinct())
                    .hasSize(BORROWERS);
            List<JournalLine> acts = store.journal(market, 1_000).stream()
                    .filter(line -> line.action().equals("liquidate"))
                    .toList();
            assertThat(acts).hasSizeGreaterThanOrEqualTo(BORROWERS).allSatisfy(line -> {
                assertThat(line.reason()).isNotEmpty();
                assertThat(line.healthFactor()).isPresent();
            });
            waitUntil(() -> snapshots.load(market).stream()
                    .flatMap(book -> book.positions().stream())
                    .anyMatch(position -> position.account().equals(saver)));
            showsAll();
            haltsAndResumes();
        } finally {
            worker.stop();
            dry.close();
        }
    }

    /** With nothing to do it would be seen to change nothing; that a halt holds what pays is GuardsTest's. */
    private static void haltsAndResumes() {
        given().get("/api/halt").then().statusCode(200).body("halt", equalTo(null));
        given().post("/api/halt").then().statusCode(400);
        given().header("Origin", "https://example.org")
                .post("/api/halt?reason=x")
                .then()
                .statusCode(403);
        given().post("/api/halt?reason=drill")
                .then()
                .statusCode(200)
                .body("halt.by", equalTo("operator"))
                .body("halt.reason", equalTo("drill"));
        given().post("/api/resume?reason=over").then().statusCode(200).body("halt", equalTo(null));
    }

    private static void showsAll() {
        given().get("/api/status")
                .then()
                .statusCode(200)
                .body("mode", equalTo("live"))
                .body("liquidatable", equalTo(0))
                .body("liquidatableSoFar", equalTo(BORROWERS));
        assertThat(given().get("/api/liquidations").jsonPath().getList("liquidations"))
                .hasSizeGreaterThanOrEqualTo(BORROWERS);
        assertThat(given().get("/api/decisions?limit=5").jsonPath().getList("decisions"))
                .hasSize(5);
        assertThat(given().get("/api/positions").jsonPath().getList("positions"))
                .isNotEmpty();
        assertThat(given().get("/api/positions?below=1").jsonPath().getList("positions"))
                .isEmpty();
        given().get("/api/positions?below=abc").then().statusCode(400);
        given().get("/")
                .then()
                .statusCode(200)
                .body(containsString("Plimsoll keeper"))
                .body(containsString("/live.js"));
        given().get("/keeper.js").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/api/endpoints")
                .then()
                .statusCode(200)
                .body("blocked", equalTo(false))
                .body("endpoints[0].state", equalTo("alive"));
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics)
                .contains("plimsoll_keeper_positions")
                .contains("plimsoll_pool_blocked 0.0")
                .contains("plimsoll_pool_heads_total")
                .contains("plimsoll_pool_endpoint_head{")
                .contains("plimsoll_lane_held{")
                .contains("plimsoll_follower_lag{")
                .contains("plimsoll_lane_time_to_inclusion_seconds_count{")
                .doesNotContain(devnet.rpcUrl());
        assertThat(value(metrics, "plimsoll_lane_planned_total")).isGreaterThanOrEqualTo(BORROWERS);
        assertThat(value(metrics, "plimsoll_lane_final_total")).isPositive();
        assertThat(value(metrics, "plimsoll_lane_spend_day")).isPositive();
        assertThat(value(metrics, "plimsoll_follower_applied")).isGreaterThan(1);
        assertThat(value(metrics, "plimsoll_pool_head")).isGreaterThan(1);
    }

    /** The sum of a metric's samples. */
    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void waitUntil(BooleanSupplier wish) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
