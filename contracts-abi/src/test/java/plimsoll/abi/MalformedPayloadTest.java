package plimsoll.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.abi.AbiCodecTest.word;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedPayloadTest {

    private static final AbiTuple CALLS = AbiTuple.of("((address target, bytes data)[] calls, string label)");

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0x0", "0xzz", "0x\n", "null", "0x00"})
    void refusesTextThatIsNoPayload(String payload) {
        assertThatThrownBy(() -> AbiTuple.of("(uint256)").decode(payload)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLengthsAndOffsetsBeyondThePayload() {
        AbiTuple bytes = AbiTuple.of("(bytes)");
        AbiTuple array = AbiTuple.of("(uint256[])");
        String huge = "f".repeat(64);

        assertThatThrownBy(() -> bytes.decode("0x" + huge)).hasMessageContaining("points outside itself");
        assertThatThrownBy(() -> bytes.decode("0x" + word("20") + huge)).hasMessageContaining("points outside itself");
        assertThatThrownBy(() -> bytes.decode("0x" + word("20") + word("21"))).hasMessageContaining("too short");
        assertThatThrownBy(() -> array.decode("0x" + word("20") + word("7fffffff")))
                .hasMessageContaining("points outside itself");
        assertThatThrownBy(() -> array.decode("0x" + word("20") + word("2") + word("1")))
                .hasMessageContaining("too short for its array");
    }

    @Test
    void refusesValuesThatTheirTypeCannotHold() {
        assertThatThrownBy(() -> AbiTuple.of("(bool)").decode("0x" + word("2"))).hasMessageContaining("neither true");
        assertThatThrownBy(() -> AbiTuple.of("(address)").decode("0x" + word("1" + "0".repeat(40))))
                .hasMessageContaining("more than an address");
        assertThatThrownBy(() -> AbiTuple.of("(bytes4)").decode("0x" + word("1")))
                .hasMessageContaining("beyond their type");
        assertThatThrownBy(() -> AbiTuple.of("(string)").decode("0x" + word("20") + word("1") + "ff" + "0".repeat(62)))
                .hasMessageContaining("not UTF-8");
    }

    /** 100 offsets that all point at one array of 100 words: 203 words would unfold to 10 000 values. */
    @Test
    void refusesOffsetsThatMultiplyWork() {
        String count = word("64");
        String bomb = "0x" + word("20") + count + word("c80").repeat(100) + count
                + word("0").repeat(100);

        assertThatThrownBy(() -> AbiTuple.of("(uint256[][])").decode(bomb))
                .hasMessageContaining("unfolds to more than its own size");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void mutatedPayloadsReadOrAreRefusedAndNothingElse(long seed) {
        Random random = new Random(seed);
        List<Object> calls = List.of(List.of("0x" + "11".repeat(20), "0xaabb"), List.of("0x" + "22".repeat(20), "0x"));
        char[] payload = CALLS.encode(calls, "label").toCharArray();
        int refused = 0;

        for (int i = 0; i < 20_000; i++) {
            char[] mutated = payload.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                mutated[2 + random.nextInt(mutated.length - 2)] = "0123456789abcdef".charAt(random.nextInt(16));
            }
            String text =
                    new String(mutated, 0, random.nextInt(8) == 0 ? random.nextInt(mutated.length) : mutated.length);
            try {
                CALLS.decode(text);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
                refused++;
            }
        }

        assertThat(refused).as("refused, seed " + seed).isBetween(1_000, 19_999);
    }

    @Test
    void refusesAnAnswerThatIsTooLarge() {
        String large = "0x" + "00".repeat(HexBytes.MAX_BYTES);

        assertThatThrownBy(() -> AbiTuple.of("(uint256)").decode(large)).hasMessageContaining("too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f",
                "f(",
                "f(uint)",
                "f(uint7)",
                "f(uint264)",
                "f(bytes33)",
                "f(uint256[0])",
                "f(()[])",
                "f(foo)",
                "f(uint256))",
                "(uint256)",
                "f(uint256 a b)",
                "f(uint256[99999])"
            })
    void refusesASignatureThatIsNone(String signature) {
        assertThatThrownBy(() -> ContractFunction.of(signature)).isInstanceOf(IllegalArgumentException.class);
    }
}
