package plimsoll.keeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.TokenAmount;

class RecordTextTest {

    private static final Address ACCOUNT = new Address("0x00000000000000000000000000000000000000a1");

    enum Kind {
        ONE,
        TWO
    }

    sealed interface Shape {
        record Empty() implements Shape {}

        record Round(int radius) implements Shape {}

        record Flat(long width, long height) implements Shape {}
    }

    record Everything(
            boolean flag,
            int small,
            long large,
            BigInteger huge,
            String text,
            Kind kind,
            Instant at,
            Duration age,
            Optional<TokenAmount> some,
            Optional<TokenAmount> none,
            List<Shape> shapes,
            Map<Address, Optional<BaseValue>> values,
            Object any) {}

    record Long2(String first, String second) {}

    record Pair(Long2 left, Long2 right) {}

    @Test
    void writesAndReadsEveryKindOfComponent() {
        var value = new Everything(
                true,
                -7,
                1L << 60,
                BigInteger.TWO.pow(256),
                "a \"b\"\n",
                Kind.TWO,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Duration.ofMillis(1_500),
                Optional.of(TokenAmount.parse("1.5", 6)),
                Optional.empty(),
                List.of(new Shape.Empty(), new Shape.Round(3), new Shape.Flat(4, 5)),
                Map.of(ACCOUNT, Optional.of(BaseValue.parse("2.5"))),
                new Assessment.Unprofitable(BaseValue.parse("1"), BaseValue.parse("2")));

        RecordText.Written written = RecordText.write(value);

        assertThat(RecordText.read(
                        written.content(),
                        Everything.class,
                        digest -> written.parts().getOrDefault(digest, "")))
                .isEqualTo(value);
    }

    @Test
    void keepsALargePartOnce() {
        var large = new Long2("x".repeat(300), "y");

        RecordText.Written written = RecordText.write(new Pair(large, large));

        assertThat(written.parts()).hasSize(1);
        assertThat(written.content().length()).isLessThan(200);
        assertThat(RecordText.references(written.content()))
                .isEqualTo(written.parts().keySet());
        assertThat(RecordText.read(
                        written.content(), Pair.class, digest -> written.parts().getOrDefault(digest, "")))
                .isEqualTo(new Pair(large, large));
    }

    @Test
    void refusesWhatAnotherProgramWrote() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"first\":\"a\"}"))
                .withMessageContaining("lacks a component");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"first\":\"a\",\"second\":\"b\",\"third\":\"c\"}"))
                .withMessageContaining("has not");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"@\":\"java.lang.Runtime\",\"first\":\"a\",\"second\":\"b\"}"))
                .withMessageContaining("may stand here");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"@\":\"plimsoll.units.TokenAmount\",\"raw\":\"1\",\"decimals\":2}"))
                .withMessageContaining("may stand here");
    }

    private static Long2 read(String content) {
        return RecordText.read(content, Long2.class, digest -> "");
    }
}
