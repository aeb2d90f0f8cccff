package plimsoll.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

    private Duty duty(String name, String holder, BooleanSupplier isFit) {
        return new Duty(DATABASE.dataSource(), name, holder, Duration.ofMinutes(1), isFit, taken::incrementAndGet);
    }
}
