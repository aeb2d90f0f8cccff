package plimsoll.oracle.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.testing.Eventually;
import plimsoll.oracle.testing.OracleTestResource;
import plimsoll.units.Bps;

/** The service's watch over the market between two calibrations of the calendar. */
@QuarkusTest
@WithTestResource(
        value = OracleTestResource.class,
        initArgs = {
            @ResourceArg(name = "plimsoll.oracle.live", value = "false"),
            @ResourceArg(name = "plimsoll.oracle.drift-interval", value = "PT0.1S"),
            @ResourceArg(name = "plimsoll.oracle.drift.cool-down", value = "PT30M")
        })
class DriftServiceTest {

    private static final Bps CRASH = new Bps(3_000);

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource database;

    @Test
    void calibratesAnewWhenThePriceCrashes() throws SQLException {
        Devnet devnet = OracleTestResource.devnet();
        String first = given().post("/api/calibrations")
                .then()
                .statusCode(200)
                .extract()
                .path("manifest");
        assertThat(parameters().getString("trigger")).isEqualTo("asked");

        devnet.elapse(Duration.ofHours(1));
        devnet.market().priceOf(Asset.LINK).fallsBy(CRASH);
        Eventually.equal("drift", () -> parameters().getString("trigger"));

        JsonPath drifted = parameters();
        assertThat(drifted.getString("manifest")).isNotEqualTo(first);
        assertThat(drifted.<String>getList("triggerReasons"))
                .anySatisfy(reason -> assertThat(reason).startsWith("LINK fell 30.00 % within PT4H"));
        String file =
                given().get("/api/manifests/" + drifted.getString("manifest")).asString();
        assertThat(Manifest.read(file).hash()).isEqualTo(drifted.getString("manifest"));
        assertThat(given().get("/q/metrics").asString())
                .contains("plimsoll_oracle_drifts_total{kind=\"fall\"}")
                .contains("plimsoll_oracle_calibration_seconds_count{trigger=\"drift\"}");
        assertThat(query("SELECT trigger FROM calibrations ORDER BY id")).containsExactly("asked", "drift");
        assertThat(query("SELECT symbol FROM recommendations WHERE supplied IS NULL"))
                .isEmpty();
    }

    private static JsonPath parameters() {
        return given().get("/api/parameters").then().statusCode(200).extract().jsonPath();
    }

    private List<String> query(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
