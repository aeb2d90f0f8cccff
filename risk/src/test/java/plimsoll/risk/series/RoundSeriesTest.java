package plimsoll.risk.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.series.SeriesFinding.Kind;
import plimsoll.risk.strict.Lanes;
import plimsoll.risk.strict.SeededRandom;

/** What real rounds lack: each fault made on purpose. */
class RoundSeriesTest {

    private static final FeedTerms HOURLY = FeedTerms.of(Duration.ofHours(1));

    @Test
    void splitsTheRoundNumberIntoPhaseAndAggregatorRound() {
        // 110680464442257309697 = 6·2^64 + 1, the first of ETH / USD's rounds of phase 6 on Ethereum.
        var round = new Round(new BigInteger("110680464442257309697"), BigInteger.ONE, Instant.EPOCH, Instant.EPOCH);

        assertThat(round.phase()).isEqualTo(6);
        assertThat(round.aggregatorRound()).isEqualTo(1);
    }

    @Test
    void findsNothingInRegularRounds() {
        assertThat(series(round(1, 1, 100, 0), round(1, 2, 101, 60), round(1, 3, 102, 120))
                        .findings(HOURLY))
                .isEmpty();
    }

    @Test
    void findsSilenceBeyondHeartbeatAndGrace() {
        var series = series(round(1, 1, 100, 0), round(1, 2, 100, 65), round(1, 3, 100, 131));

        assertThat(series.findings(HOURLY))
                .singleElement()
                .isEqualTo(new SeriesFinding(
                        Kind.SILENCE, minute(65), minute(131), "feed was silent: found=PT1H6M heartbeat=PT1H"));
    }

    @Test
    void findsRoundsThatRepeatComeLateRunBackwardsOrAreMissing() {
        assertThat(kinds(round(1, 1, 100, 0), round(1, 1, 100, 0))).containsExactly(Kind.DUPLICATE_ROUND);
        assertThat(series(round(1, 1, 100, 0), round(1, 1, 90, 0))
                        .findings(HOURLY)
                        .getFirst()
                        .sentence())
                .contains("different answers", "100, 90");
        assertThat(kinds(round(1, 1, 100, 0), round(1, 3, 102, 10), round(1, 2, 101, 5)))
                .containsExactly(Kind.REVERTED_ROUND);
        assertThat(kinds(round(1, 1, 100, 10), round(1, 2, 101, 5))).containsExactly(Kind.REVERTED_ROUND);
        assertThat(kinds(round(1, 1, 100, 0), round(1, 4, 101, 5))).containsExactly(Kind.MISSING_ROUNDS);
    }

    @Test
    void aNewPhaseStartsItsOwnNumbers() {
        assertThat(kinds(round(5, 40_000, 100, 0), round(6, 1, 101, 5))).containsExactly(Kind.PHASE_CHANGE);
    }

    @Test
    void findsAnswersAtTheBoundsOfTheAggregator() {
        var bounded = new FeedTerms(
                Duration.ofHours(1),
                Duration.ZERO,
                Optional.of(BigInteger.valueOf(10)),
                Optional.of(BigInteger.valueOf(1000)));
        var series = series(round(1, 1, 100, 0), round(1, 2, 10, 5), round(1, 3, 1000, 10), round(1, 4, 0, 15));

        assertThat(series.findings(bounded))
                .extracting(SeriesFinding::kind)
                .containsExactly(Kind.BOUND_TOUCH, Kind.BOUND_TOUCH, Kind.BAD_ANSWER);
    }

    @Test
    void suspectsABoundWhereTheLeastAnswerOfAllRepeats() {
        // As LUNA / USD in May 2022: the market fell on to 0.01, the aggregator answered 0.10700000 and no less.
        var series = series(
                round(1, 1, 50_000_000, 0),
                round(1, 2, 10_700_000, 5),
                round(1, 3, 10_700_000, 10),
                round(1, 4, 10_700_000, 15));

        assertThat(series.findings(HOURLY))
                .singleElement()
                .returns(Kind.BOUND_TOUCH, SeriesFinding::kind)
                .returns(minute(5), SeriesFinding::from)
                .returns(minute(15), SeriesFinding::to);
        assertThat(kinds(round(1, 1, 9, 0), round(1, 2, 5, 5), round(1, 3, 5, 6), round(1, 4, 5, 7), round(1, 5, 1, 8)))
                .as("repeats between the extremes are a quiet market")
                .isEmpty();
        assertThat(kinds(round(1, 1, 5, 0), round(1, 2, 5, 5), round(1, 3, 5, 6)))
                .isEmpty();
    }

    @Test
    void pricesAreByNumberAndOfEqualTimesTheLast() {
        var prices = series(
                        round(1, 2, 150, 5),
                        round(1, 1, 100, 0),
                        round(1, 3, 151, 5),
                        round(1, 4, -1, 6),
                        round(1, 5, 160, 4),
                        round(1, 6, 170, 9))
                .prices();

        assertThat(prices.prices()).containsExactly(1.00, 1.51, 1.70);
        assertThat(prices.times()).containsExactly(minute(0), minute(5), minute(9));
    }

    @ParameterizedTest
    @CsvSource({"60, 0.005, 1", "60, 0.01, 2", "1440, 0.02, 3", "1440, 0.005, 4", "120, 0.001, 5"})
    void infersHeartbeatAndDeviationOfASimulatedFeed(int heartbeatMinutes, double deviation, long seed) {
        var series = feed(heartbeatMinutes, deviation, seed);

        assertThat(series.heartbeat()).contains(Duration.ofMinutes(heartbeatMinutes));
        assertThat(series.deviation()).contains(deviation);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void claimsNoDeviationWhereThereIsNoStaircase(long seed) {
        var random = new SeededRandom(seed, 0);
        var rounds = new ArrayList<Round>();
        var log = 0.0;
        for (var i = 0; i < 2000; i++) {
            log += 0.01 * Lanes.normal(random.nextDouble());
            rounds.add(round(1, i + 1, Math.round(1e8 * StrictMath.exp(log)), 7L * i + i % 3));
        }

        assertThat(Staircase.deviation(series(rounds).prices(), Duration.ofHours(1)))
                .isEmpty();
    }

    @Test
    void sequencerDownTimesEndWithTheNextUp() {
        var statuses = List.of(
                new SequencerStatus(minute(0), true),
                new SequencerStatus(minute(10), false),
                new SequencerStatus(minute(12), false),
                new SequencerStatus(minute(30), true),
                new SequencerStatus(minute(90), false));

        var found = SequencerStatus.downTimes(statuses, minute(100));

        assertThat(found).extracting(SeriesFinding::from).containsExactly(minute(10), minute(90));
        assertThat(found).extracting(SeriesFinding::to).containsExactly(minute(30), minute(100));
        assertThat(SequencerStatus.downTimes(List.of(), minute(1))).isEmpty();
    }

    @Test
    void refusesWhatIsNoFeed() {
        assertThatThrownBy(() -> FeedTerms.of(Duration.ZERO)).hasMessageContaining("heartbeat is not positive");
        assertThatThrownBy(() -> new RoundSeries(List.of(), -1)).hasMessageContaining("decimals are negative");
        assertThatThrownBy(() -> new Round(BigInteger.valueOf(-1), BigInteger.ONE, Instant.EPOCH, Instant.EPOCH))
                .hasMessageContaining("round id is negative");
    }

    /** A market in steps of a minute, and a feed that answers where it has moved by the deviation or the heartbeat is over. */
    private static RoundSeries feed(int heartbeatMinutes, double deviation, long seed) {
        var random = new SeededRandom(seed, 0);
        var rounds = new ArrayList<Round>();
        var log = 0.0;
        var answered = 0.0;
        var last = 0;
        for (var minute = 0; rounds.size() < 1500; minute++) {
            log += deviation / StrictMath.sqrt(heartbeatMinutes) * Lanes.normal(random.nextDouble());
            var isDue = minute - last >= heartbeatMinutes;
            if (rounds.isEmpty() || isDue || Math.abs(StrictMath.exp(log - answered) - 1) >= deviation) {
                rounds.add(round(1, rounds.size() + 1, Math.round(1e12 * StrictMath.exp(log)), minute));
                answered = log;
                last = minute;
            }
        }
        return series(rounds);
    }

    private static List<Kind> kinds(Round... rounds) {
        return series(rounds).findings(HOURLY).stream().map(SeriesFinding::kind).toList();
    }

    private static RoundSeries series(Round... rounds) {
        return series(List.of(rounds));
    }

    private static RoundSeries series(List<Round> rounds) {
        return new RoundSeries(rounds, 2);
    }

    private static Round round(long phase, long number, long answer, long minute) {
        var id = BigInteger.valueOf(phase).shiftLeft(64).add(BigInteger.valueOf(number));
        return new Round(id, BigInteger.valueOf(answer), minute(minute), minute(minute));
    }

    private static Instant minute(long minute) {
        return Instant.EPOCH.plus(Duration.ofMinutes(minute));
    }
}
