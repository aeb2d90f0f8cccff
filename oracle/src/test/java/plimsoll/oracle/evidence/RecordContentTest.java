package plimsoll.oracle.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.units.Address;
import plimsoll.units.Bps;

class RecordContentTest {

    enum Colour {
        GREEN
    }

    record Inner(double share, boolean holds) {}

    record Outer(
            String name,
            int count,
            long seed,
            Bps ltv,
            Duration horizon,
            Instant time,
            Colour colour,
            Optional<Bps> bonus,
            List<Inner> parts,
            List<Double> column) {}

    record Held(Address asset, Optional<String> note, double odd) {}

    @Test
    void readsWhatItWrote() {
        Outer outer = new Outer(
                "WETH",
                3,
                Long.MAX_VALUE,
                new Bps(8_250),
                Duration.ofHours(4),
                Instant.parse("2023-05-30T00:00:00Z"),
                Colour.GREEN,
                Optional.of(new Bps(500)),
                List.of(new Inner(0.1, true), new Inner(0, false)),
                List.of(1.0, 2.5));

        Map<String, Object> members = members(RecordContent.of(outer));
        Outer again = RecordContent.read(members, Outer.class);

        assertThat(members)
                .containsEntry("ltvBps", 8_250L)
                .containsEntry("horizonSeconds", 14_400L)
                .containsEntry("bonusBps", 500L)
                .containsEntry("seed", "9223372036854775807");
        assertThat(again).usingRecursiveComparison().isEqualTo(outer);
    }

    @Test
    void leavesOutWhatIsAbsentAndNamesWhatIsNoNumber() {
        Map<String, Object> members =
                RecordContent.of(new Held(Address.parse("0x" + "1".repeat(40)), Optional.empty(), Double.NaN));

        assertThat(members).containsOnlyKeys("asset", "odd").containsEntry("odd", "NaN");
    }

    @Test
    void namesTheMemberThatIsMissingOrOfAnotherKind() {
        assertThatThrownBy(() -> RecordContent.read(Map.of("share", 1.0), Inner.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lacks holds");
        assertThatThrownBy(() -> RecordContent.read(Map.of("share", 1.0, "holds", "yes"), Inner.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds is not boolean");
    }

    @SuppressWarnings("unchecked") // the reader makes only maps with text as member names
    private static Map<String, Object> members(Map<String, Object> content) {
        return (Map<String, Object>) CanonicalJson.read(CanonicalJson.write(content));
    }
}
