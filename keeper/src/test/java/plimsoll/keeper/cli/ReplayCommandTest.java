package plimsoll.keeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.runtime.testing.TestDatabase;

class ReplayCommandTest {

    private static final String ADDRESS = "'0x" + "a1".repeat(20) + "'";
    private static final String HASH = "'0x" + "b2".repeat(32) + "'";

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @Test
    void neverCountsWhatItCannotDecideAgainAsEqual() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO markets (id, chain_id, pool) VALUES (1, 1, " + ADDRESS + ")");
            // A line from before entries were kept, one entry of a later program, and one of another program's records.
            statement.execute("INSERT INTO decisions (market_id, account, block_number, block_hash, action, reason)"
                    + " VALUES (1, " + ADDRESS + ", 10, " + HASH + ", 'unprofitable', 'x')");
            statement.execute("INSERT INTO scenes (market_id, block_number, block_hash, decided_at, format, decisions,"
                    + " content) VALUES (1, 11, " + HASH + ", now(), 99, 3, '{}'), (1, 12, " + HASH
                    + ", now(), 1, 2, '{}')");
        }

        ReplayCommand.Answer answer = new ReplayCommand().answer(DATABASE.dataSource());

        assertThat(answer.decisions()).isZero();
        assertThat(answer.differing()).isZero();
        assertThat(answer.notReplayable()).isEqualTo(1 + 3 + 2);
        assertThat(answer.obstacles()).hasSize(2).first().asString().isEqualTo("block 11: format=99");
    }
}
