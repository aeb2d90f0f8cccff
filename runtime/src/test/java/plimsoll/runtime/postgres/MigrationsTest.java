package plimsoll.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.runtime.testing.TestDatabase;

/** The rules that the schema itself keeps, whatever program writes to it. */
class MigrationsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    private static final String MARKET =
            "INSERT INTO markets (id, chain_id, pool) VALUES (1, 1, '0x' || repeat('a', 40)) ON CONFLICT DO NOTHING";
    private static final String INTENT = """
            INSERT INTO intents (chain_id, signer, nonce, reason, to_address, call_data, value_wei, gas_limit,
                max_fee_cap_wei, planned_at, state)
            VALUES (1, '%s', %s, '%s', '0x' || repeat('b', 40), '0x', %s, 21000, 1, now(), '%s')
            """;

    @Test
    void namesEveryRule() throws SQLException {
        // PostgreSQL's own names end in _check, _key, _pkey or _fkey; a rule that fails must say what it is.
        List<String> unnamed = strings("""
                SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
                WHERE relnamespace = 'public'::regnamespace AND relname <> 'flyway_schema_history'
                  AND contype IN ('c', 'f', 'p', 'u') AND conname ~ '_(check|key|pkey|fkey)[0-9]*$'
                """);

        assertThat(unnamed).isEmpty();
    }

    @Test
    void keepsWordsOf256BitsExactly() throws SQLException {
        String largest = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        execute(INTENT.formatted("0x" + "1".repeat(40), 1, "largest", largest, "planned"));

        assertThat(strings("SELECT value_wei FROM intents WHERE reason = 'largest'"))
                .containsExactly(largest);
        assertThatThrownBy(
                        () -> execute(INTENT.formatted("0x" + "1".repeat(40), 2, "larger", largest + "+1", "planned")))
                .hasMessageContaining("intents_value_is_256_bits");
    }

    @ParameterizedTest
    @CsvSource({
        "0xABC, 1, planned, intents_signer_is_an_address",
        "0x2222222222222222222222222222222222222222, -1, planned, intents_nonce_is_not_negative",
        "0x2222222222222222222222222222222222222222, 1, lost, intents_state_is_known",
        "0x2222222222222222222222222222222222222222, 1, sent, intents_signed_names_its_transaction",
        "0x2222222222222222222222222222222222222222, 1, final, intents_",
    })
    void refusesAnIntentThatCannotBe(String signer, long nonce, String state, String rule) {
        assertThatThrownBy(() -> execute(INTENT.formatted(signer, nonce, rule, 0, state)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void refusesASecondIntentOnANonce() throws SQLException {
        String signer = "0x" + "3".repeat(40);
        execute(INTENT.formatted(signer, 1, "first", 0, "planned"));

        assertThatThrownBy(() -> execute(INTENT.formatted(signer, 1, "second", 0, "planned")))
                .hasMessageContaining("intents_nonce_is_used_once");
        assertThatThrownBy(() -> execute(INTENT.formatted(signer, 2, "first", 0, "planned")))
                .hasMessageContaining("intents_reason_is_unique");
    }

    @Test
    void keepsNoBalanceWithoutItsPosition() throws SQLException {
        execute(MARKET);

        assertThatThrownBy(
                        () -> execute(
                                "INSERT INTO balances (market_id, account, asset) VALUES (1, '0x' || repeat('c', 40), '0x' || repeat('d', 40))"))
                .hasMessageContaining("balances_of_a_position");
    }

    @Test
    void recommendsNoThresholdThatTheBonusBreaks() throws SQLException {
        execute("INSERT INTO manifests (hash, body) VALUES ('0x' || repeat('e', 64), '{}')");
        execute("""
                INSERT INTO calibrations (id, chain_id, pool, block_number, block_hash, manifest_hash)
                VALUES (1, 1, '0x' || repeat('a', 40), 1, '0x' || repeat('f', 64), '0x' || repeat('e', 64))
                """);

        // 95.24 % x 1.05 = 100.002 % of the collateral: more than there is.
        assertThatThrownBy(() -> recommend(9_000, 9_524, 500)).hasMessageContaining("recommendations_bonus_is_covered");
        assertThatThrownBy(() -> recommend(8_300, 8_250, 500))
                .hasMessageContaining("recommendations_ltv_is_within_threshold");
    }

    private static void recommend(int ltv, int threshold, int bonus) throws SQLException {
        execute("""
                INSERT INTO recommendations (calibration_id, asset, symbol, current_ltv_bps,
                    current_liquidation_threshold_bps, current_liquidation_bonus_bps, ltv_bps, liquidation_threshold_bps,
                    liquidation_bonus_bps)
                VALUES (1, '0x' || repeat('a', 40), 'WETH', 0, 0, 0, %d, %d, %d)
                """.formatted(ltv, threshold, bonus));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> strings(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
