package plimsoll.oracle.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import plimsoll.devnet.Devnet;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.testing.Eventually;
import plimsoll.oracle.testing.OracleTestResource;

/** The service with everything real: chain, contracts, PostgreSQL, HTTP. */
@QuarkusTest
@WithTestResource(OracleTestResource.class)
class OracleServiceTest {

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource database;

    @Test
    void carriesACalibrationToParametersInForce() throws SQLException {
        Devnet devnet = OracleTestResource.devnet();

        JsonPath made = given().post("/api/calibrations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        String onchainId = made.getString("proposal.onchainId");
        assertThat(onchainId).as("%s", made.prettify()).isNotNull();
        BigInteger id = new BigInteger(onchainId);
        Eventually.equal("pending", () -> stateOf(onchainId));
        devnet.governance().voteYes(id);
        devnet.governance().endVoting(id);
        Eventually.equal("queued", () -> stateOf(onchainId));
        Eventually.equal(true, () -> proposal(onchainId).get("executableAt") != null);
        devnet.governance().passTimelock(id);
        Eventually.equal("verified", () -> stateOf(onchainId));

        List<Map<String, Object>> assets = made.getList("assets");
        assertThat(assets).anyMatch(asset -> Boolean.TRUE.equals(asset.get("changed")));
        String again = given().post("/api/calibrations").jsonPath().getString("note");
        assertThat(again).isNotEqualTo("dry run: plimsoll.oracle.live is false");
        assertThat(count("SELECT count(*) FROM proposals WHERE onchain_id = " + onchainId))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM rounds")).isGreaterThan(400);
        assertThat(count("SELECT count(*) FROM intents WHERE reason LIKE 'proposal %'"))
                .isGreaterThanOrEqualTo(3);
        String file = given().get("/api/manifests/" + made.getString("manifest"))
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(Manifest.read(file).hash()).isEqualTo(made.getString("manifest"));
    }

    @Test
    void showsFeedsStatusAndAPage() {
        Devnet devnet = OracleTestResource.devnet();

        JsonPath feeds =
                given().get("/api/feeds").then().statusCode(200).extract().jsonPath();
        JsonPath status =
                given().get("/api/status").then().statusCode(200).extract().jsonPath();

        assertThat(given().get("/api/endpoints").jsonPath().getList("endpoints.state"))
                .containsOnly("alive");
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics)
                .contains("plimsoll_pool_blocked 0.0")
                .contains("plimsoll_pool_endpoint_state{", "state=\"alive\"")
                .contains("plimsoll_pool_endpoint_latency{")
                .doesNotContain(OracleTestResource.devnet().rpcUrl());
        assertThat(feeds.getList("feeds.symbol")).contains("WETH", "WBTC", "LINK", "USDC");
        assertThat(feeds.getList("feeds.state")).containsOnly("ok");
        assertThat(status.getString("pool"))
                .isEqualToIgnoringCase(devnet.addresses().pool().hex());
        assertThat(status.getBoolean("live")).isTrue();
        assertThat(given().get("/").then().statusCode(200).extract().asString())
                .contains("Plimsoll oracle", "/api/parameters", "/plimsoll/live.js");
        given().get("/plimsoll/live.js").then().statusCode(200);
        given().get("/api/manifests/0x00").then().statusCode(404);
    }

    @Test
    void takesNoOrderFromAForeignPage() {
        Response foreign = given().header("Origin", "https://example.org").post("/api/calibrations");
        Response rebound = given().header("Host", "example.org").post("/api/calibrations");

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(rebound.statusCode()).isEqualTo(403);
    }

    private static String stateOf(String onchainId) {
        return String.valueOf(proposal(onchainId).get("state"));
    }

    private static Map<String, Object> proposal(String onchainId) {
        List<Map<String, Object>> proposals =
                given().get("/api/proposals").jsonPath().getList("proposals");
        return proposals.stream()
                .filter(proposal -> onchainId.equals(proposal.get("onchainId")))
                .findFirst()
                .orElse(Map.of());
    }

    private long count(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
