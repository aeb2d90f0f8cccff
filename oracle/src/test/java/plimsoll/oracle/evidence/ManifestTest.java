package plimsoll.oracle.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    /** Bit patterns and texts of RFC 8785, appendix B. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void writesNumbersAsTheStandardDoes(String bits, String text) {
        assertThat(CanonicalJson.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyDoubleReadsBackToItself(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(CanonicalJson.number(value)) - value)
                        .as("seed %s value %s", seed, value)
                        .isZero();
            }
        }
    }

    @Test
    void sortsMembersAndLeavesNoSpace() {
        String text = CanonicalJson.write(Map.of("b", List.of(1, 2.5, true), "a", "line\nbreak \u20ac", "\u00e9", ""));

        assertThat(text).isEqualTo("{\"a\":\"line\\nbreak \u20ac\",\"b\":[1,2.5,true],\"\u00e9\":\"\"}");
        assertThat(CanonicalJson.write(CanonicalJson.read(" " + text.replace(",", " , ") + "\n")))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":null}", "[1,]", "{\"a\":1,\"a\":2}", "[1] x", "\"\u0001\"", "[01x]"})
    void refusesWhatIsNotWellFormed(String text) {
        assertThatThrownBy(() -> CanonicalJson.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JSON");
    }

    @Test
    void theEnvironmentIsNotHashed() {
        Manifest manifest = Manifest.of(Map.of("seed", 7, "results", List.of(Map.of("x", 0.1))));

        Manifest here = Manifest.read(manifest.file(Map.of("jdk", "25")));
        Manifest there = Manifest.read(manifest.file(Map.of("jdk", "26", "cpu", "other")));

        assertThat(here.bytes()).isEqualTo(there.bytes());
        assertThat(here.hash()).isEqualTo(there.hash()).matches("0x[0-9a-f]{64}");
    }

    @Test
    void aChangedFileDoesNotGiveItsHash() {
        String file = Manifest.of(Map.of("seed", 7)).file(Map.of());

        assertThatThrownBy(() -> Manifest.read(file.replace("\"seed\":7", "\"seed\":8")))
                .hasMessageContaining("does not give its own hash");
    }

    @Test
    void namesTheFirstDifference() {
        Manifest left = Manifest.of(Map.of("results", List.of(Map.of("asset", "WETH", "es99", 0.25)), "seed", 7));
        Manifest right = Manifest.of(Map.of("results", List.of(Map.of("asset", "WETH", "es99", 0.26)), "seed", 8));

        assertThat(left.firstDifference(right)).contains("results[0].es99: manifest=0.25 recomputed=0.26");
        assertThat(left.firstDifference(left)).isEmpty();
    }
}
