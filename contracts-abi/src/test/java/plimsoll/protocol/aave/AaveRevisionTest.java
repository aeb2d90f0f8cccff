package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.protocol.aave.AaveLiquidation.Pair;
import plimsoll.protocol.aave.AaveLiquidation.Refused;
import plimsoll.protocol.aave.AaveLiquidation.Seizure;
import plimsoll.protocol.aave.AaveRevision.Proof;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.Ray;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * Each revision against vectors that revisions.py computed from the published rules without this code. For 3.6 the real
 * contract proves the same; for the others this is all there is: unproven on chain.
 */
class AaveRevisionTest {

    private static final Instant UPDATED = Instant.ofEpochSecond(1_700_000_000);
    private static final int RESERVES = 3;

    /** What a revision makes of one state, in the words of revisions.txt. */
    private record Vector(List<String> state, Map<AaveRevision, List<String>> expected) {}

    @ParameterizedTest
    @EnumSource
    void agreesWithVectorsComputedFromThePublishedRules(AaveRevision revision) {
        List<Vector> vectors = vectors();

        for (Vector vector : vectors) {
            assertThat(computed(revision, new Reader(vector.state())))
                    .as("%s of %s", revision, vector.state())
                    .isEqualTo(Objects.requireNonNull(vector.expected().get(revision)));
        }
        assertThat(vectors).hasSize(60);
    }

    @ParameterizedTest
    @CsvSource({"V3_2_1, V3_3", "V3_3, V3_4", "V3_4, V3_5", "V3_5, V3_6", "V3_6, V3_7"})
    void theVectorsTellEachRevisionFromTheOneBefore(AaveRevision before, AaveRevision after) {
        assertThat(vectors())
                .anyMatch(vector -> !Objects.equals(
                        vector.expected().get(before), vector.expected().get(after)));
    }

    @Test
    void saysWhichAreProven() {
        Set<AaveRevision> proven = Arrays.stream(AaveRevision.values())
                .filter(revision -> revision.proof() == Proof.PROVEN_ON_CHAIN)
                .collect(Collectors.toSet());

        assertThat(proven).containsExactly(AaveRevision.V3_6);
    }

    @Test
    void theSentinelHasNoSayFrom37On() {
        AaveMarket market = SampleMarket.market();
        Map<Integer, Price> prices =
                Map.of(SampleMarket.WETH, Price.parse("1850"), SampleMarket.USDC, Price.parse("1"));

        AaveLiquidation liquidation = new AaveMarket(
                        AaveRevision.V3_7, market.reserves(), market.eModeCategories(), false)
                .valuedAt(SampleMarket.NOW, prices)
                .largestLiquidation(SampleMarket.borrower(0), new Pair(SampleMarket.WETH, SampleMarket.USDC));

        assertThat(liquidation).isInstanceOf(Seizure.class);
    }

    @Test
    void debtThatIsNotThePoolsOwnIsRefusedBefore34() {
        AaveMarket market = SampleMarket.market();

        assertThatThrownBy(() -> new AaveMarket(AaveRevision.V3_3, market.reserves(), market.eModeCategories(), true))
                .hasMessageContaining("without virtual accounting")
                .hasMessageEndingWith("reserve=0 revision=7");
    }

    private static List<String> computed(AaveRevision revision, Reader state) {
        Instant now = UPDATED.plusSeconds(state.next().longValueExact());
        AaveEModeCategory category = new AaveEModeCategory(
                1,
                state.bps(),
                state.bps(),
                state.bps(),
                state.next(),
                state.next(),
                state.next().signum() > 0);
        int eMode = state.number();
        List<AaveReserve> reserves = new ArrayList<>();
        Map<Integer, Price> prices = new HashMap<>();
        for (int id = 0; id < RESERVES; id++) {
            reserves.add(reserve(id, state));
            prices.put(id, Price.ofRaw(state.next()));
        }
        List<AaveHolding> holdings = new ArrayList<>();
        for (int id = 0; id < RESERVES; id++) {
            ScaledAmount supplied = ScaledAmount.ofRaw(state.next());
            boolean flagged = state.next().signum() > 0;
            holdings.add(new AaveHolding(id, supplied, flagged, ScaledAmount.ofRaw(state.next())));
        }
        Pair pair = new Pair(state.number(), state.number());
        TokenAmount cover = new TokenAmount(
                state.next(), reserves.get(pair.debt()).configuration().decimals());
        AaveAccount account = new AaveAccount(eMode, holdings);
        AaveValuation valuation = new AaveMarket(revision, reserves, List.of(category), true).valuedAt(now, prices);

        List<String> words = words(valuation.accountData(account));
        words.addAll(words(valuation.liquidation(account, pair, cover)));
        return words;
    }

    private static AaveReserve reserve(int id, Reader state) {
        ReserveConfiguration configuration = ReserveConfiguration.ofRaw(state.next()
                .or(state.next().shiftLeft(16))
                .or(state.next().shiftLeft(32))
                .or(state.next().shiftLeft(48))
                .or(state.next().shiftLeft(152))
                .setBit(56)
                .setBit(252));
        AaveReserve.Indexes indexes = new AaveReserve.Indexes(
                Ray.ofRaw(state.next()),
                Ray.ofRaw(state.next()),
                Ray.ofRaw(state.next()),
                Ray.ofRaw(state.next()),
                UPDATED);
        return new AaveReserve(id, SampleMarket.address(id), configuration, indexes, Instant.EPOCH);
    }

    private static List<String> words(AaveAccountData data) {
        return new ArrayList<>(List.of(
                data.totalCollateral().raw().toString(),
                data.totalDebt().raw().toString(),
                data.availableBorrows().raw().toString(),
                Integer.toString(data.liquidationThreshold().raw()),
                Integer.toString(data.ltv().raw()),
                data.healthFactor()
                        .map(HealthFactor::ratio)
                        .map(Wad::raw)
                        .map(BigInteger::toString)
                        .orElse("-")));
    }

    private static List<String> words(AaveLiquidation liquidation) {
        return switch (liquidation) {
            case Refused refused -> List.of(refused.error());
            case Seizure seizure -> {
                List<String> words = new ArrayList<>(List.of(
                        seizure.repaid().raw().toString(),
                        seizure.seized().raw().toString(),
                        seizure.protocolFee().raw().toString(),
                        seizure.closesCollateral() ? "1" : "0"));
                seizure.deficits()
                        .forEach(deficit -> words.add(
                                deficit.reserve() + ":" + deficit.amount().raw()));
                yield words;
            }
        };
    }

    private static List<Vector> vectors() {
        List<Vector> vectors = new ArrayList<>();
        for (String line : text().lines().toList()) {
            List<String> words = List.of(line.split(" "));
            switch (words.getFirst()) {
                case "#" -> {}
                case "state" ->
                    vectors.add(new Vector(words.subList(1, words.size()), new EnumMap<>(AaveRevision.class)));
                default ->
                    vectors.getLast()
                            .expected()
                            .put(
                                    AaveRevision.ofPoolRevision(Long.parseLong(words.getFirst())),
                                    words.subList(1, words.size()));
            }
        }
        return vectors;
    }

    private static String text() {
        try (var stream = AaveRevisionTest.class.getResourceAsStream("revisions.txt")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes one number of a state after another. */
    private static final class Reader {
        private final List<String> words;
        private int at;

        Reader(List<String> words) {
            this.words = words;
        }

        BigInteger next() {
            return new BigInteger(words.get(at++));
        }

        int number() {
            return next().intValueExact();
        }

        Bps bps() {
            return new Bps(number());
        }
    }
}
