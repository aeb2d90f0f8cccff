package plimsoll.risk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarketSimulationTest {

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    static LongStream manySeeds() {
        return LongStream.range(30, 3000);
    }

    /** Screen, blocks, reuse of state and threads change no bit of what the plain account of the rules gives. */
    @ParameterizedTest
    @MethodSource("seeds")
    void equalsThePlainSimulationBitForBit(long seed) {
        compareWithPlain(seed);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("manySeeds")
    void equalsThePlainSimulationBitForBitOnManyMarkets(long seed) {
        compareWithPlain(seed);
    }

    private static void compareWithPlain(long seed) {
        var random = RandomMarket.of(seed);
        var plain = new PlainSimulation(random.market(), random.book(), random.settings());
        plain.run(random.paths());

        var result = MarketSimulation.run(
                random.paths(), random.market(), random.book(), random.settings(), (int) (1 + seed % 3));

        for (var path = 0; path < random.paths().paths(); path++) {
            assertThat(result.byPath().badDebt(path))
                    .describedAs("bad debt of path " + path)
                    .isEqualTo(plain.badDebt[path]);
            assertThat(result.byPath().liquidated(path))
                    .describedAs("liquidated on path " + path)
                    .isEqualTo(plain.liquidated[path]);
        }
        assertThat(result.liquidations().value())
                .isEqualTo(MonteCarlo.mean(plain.calls).value());
    }

    @Test
    void theSeedsMeetEveryRule() {
        var withBadDebt = 0;
        var withLatent = 0;
        var liquidations = 0.0;
        for (var seed : seeds().toArray()) {
            var random = RandomMarket.of(seed);
            var result = MarketSimulation.run(random.paths(), random.market(), random.book(), random.settings(), 1);
            withBadDebt += result.realisedBadDebt() > 0 ? 1 : 0;
            withLatent += result.latentBadDebt() > 0 ? 1 : 0;
            liquidations += result.liquidations().value() * result.paths();
        }

        assertThat(withBadDebt).isGreaterThan(15);
        assertThat(withLatent).isGreaterThan(15);
        assertThat(liquidations).isGreaterThan(20_000);
    }
}
