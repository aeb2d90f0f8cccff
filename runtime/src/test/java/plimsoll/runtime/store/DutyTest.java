package plimsoll.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.runtime.testing.TestDatabase;

class DutyTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    private final AtomicInteger taken = new AtomicInteger();

    @Test
    void oneHasItAndTheNextWhenItIsGivenUp() {
        try (Duty second = duty("market", "second", () -> true)) {
            try (Duty first = duty("market", "first", () -> true)) {
                first.start();
                second.start();
                assertThat(first.isOurs()).isTrue();
                assertThat(second.isOurs()).isFalse();
            }

            second.lookAgain();

            assertThat(second.isOurs()).isTrue();
            assertThat(taken).hasValue(2);
        }
    }

    /** Two processes of which one had the duty and the other the signer's lane would both wait for ever. */
    @Test
    void whoIsNotFitNeitherTakesItNorKeepsIt() {
        AtomicBoolean isFit = new AtomicBoolean();
        try (Duty unfit = duty("other", "unfit", isFit::get);
                Duty fit = duty("other", "fit", () -> true)) {
            unfit.lookAgain();
            unfit.start();
            assertThat(unfit.isOurs()).isFalse();
            isFit.set(true);
            unfit.lookAgain();
            assertThat(unfit.isOurs()).isTrue();

            isFit.set(false);
            unfit.lookAgain();
            fit.start();

            assertThat(unfit.isOurs()).isFalse();
            assertThat(fit.isOurs()).isTrue();
        }
    }

    /** Otherwise a dry run that was started first would keep a live process from its work. */
    @Test
    void whoIsLiveTakesItFromADryOneAtOnce() {
        try (Duty dry = duty("dry first", "dry", () -> true, () -> false);
                Duty live = duty("dry first", "live", () -> true)) {
            dry.start();
            assertThat(dry.isOurs()).isTrue();

            live.start();
            dry.lookAgain();
            live.lookAgain();

            assertThat(live.isOurs()).isTrue();
            assertThat(dry.isOurs()).isFalse();
        }
    }

    @Test
    void aDryOneHasItOnlyWhileNoLiveOneDoes() {
        try (Duty dry = duty("dry second", "dry", () -> true, () -> false);
                Duty other = duty("dry second", "other", () -> true, () -> false)) {
            try (Duty live = duty("dry second", "live", () -> true)) {
                live.start();
                dry.start();
                assertThat(dry.isOurs()).isFalse();
            }

            dry.lookAgain();
            other.start();

            assertThat(dry.isOurs()).isTrue();
            assertThat(other.isOurs()).isFalse();
        }
    }

    /** Versions before this one did not say whether a holder is live. */
    @Test
    void whatAnEarlierVersionHoldsCountsAsLive() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO leases (name, holder, token, expires_at)"
                    + " VALUES ('old', 'old', 1, clock_timestamp() + INTERVAL '1 minute')");
        }

        try (Duty live = duty("old", "live", () -> true)) {
            live.start();

            assertThat(live.isOurs()).isFalse();
        }
    }

    @Test
    void aTermLastsUntilAnotherTakesIt() {
        Transactions transactions = new Transactions(DATABASE.dataSource());
        try (Duty dry = duty("term", "dry", () -> true, () -> false);
                Duty live = duty("term", "live", () -> true)) {
            dry.start();
            Duty.Term first = dry.term().orElseThrow();
            dry.lookAgain();
            assertThat(dry.term()).contains(first);
            verify(transactions, first);

            live.start();

            assertThatThrownBy(() -> verify(transactions, first))
                    .isInstanceOf(DutyLostException.class)
                    .hasMessageContaining("name=term");
            verify(transactions, live.term().orElseThrow());
            assertThat(live.term()).isNotEqualTo(Optional.of(first));
        }
    }

    private static void verify(Transactions transactions, Duty.Term term) {
        transactions.run(connection -> {
            term.verify(connection);
            return true;
        });
    }

    private Duty duty(String name, String holder, BooleanSupplier isFit) {
        return duty(name, holder, isFit, () -> true);
    }

    private Duty duty(String name, String holder, BooleanSupplier isFit, BooleanSupplier isLive) {
        return new Duty(
                DATABASE.dataSource(),
                name,
                new Duty.Candidate(holder, isFit, isLive),
                Duration.ofMinutes(1),
                taken::incrementAndGet);
    }
}
