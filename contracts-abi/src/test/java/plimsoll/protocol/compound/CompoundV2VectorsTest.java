package plimsoll.protocol.compound;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plimsoll.protocol.compound.CompoundLiquidation.Pair;
import plimsoll.protocol.compound.CompoundLiquidation.Seizure;
import plimsoll.protocol.compound.CompoundReserve.Flag;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * Plain Compound v2, unproven on chain: no package ships its contracts. Every expected number is what
 * src/test/python/compound_v2_vectors.py printed, written from the public rules with the inputs below, Python 3.
 */
class CompoundV2VectorsTest {

    private static final long BLOCK = 5_000;
    private static final Pair PAIR = new Pair(0, 1);
    private static final Map<Integer, UnderlyingPrice> PRICES = Map.of(
            0, new UnderlyingPrice(raw("2500000000000000000000")), 1, new UnderlyingPrice(BigInteger.TEN.pow(30)));

    @Test
    void countsAnAccountAsThePublicRulesDo() {
        CompoundLiquidity found =
                market("0.75", Set.of(Flag.LISTED)).liquidity(account(), PAIR).orElseThrow();

        assertThat(found.collateral().raw()).isEqualTo(raw("38985162512865132190899"));
        assertThat(found.debt().raw()).isEqualTo(raw("42269869292000000000000"));
        assertThat(found.isShort()).isTrue();
    }

    @Test
    void seizesAndKeepsItsShareAsThePublicRulesDo() {
        CompoundLiquidation found = market("0.75", Set.of(Flag.LISTED)).largestLiquidation(account(), PAIR);

        assertThat(found).isInstanceOf(Seizure.class);
        Seizure seizure = (Seizure) found;
        assertThat(seizure.repaid()).isEqualTo(TokenAmount.ofRaw(raw("21134934646"), 6));
        assertThat(seizure.seized().raw()).isEqualTo(raw("43912339888"));
        assertThat(seizure.protocolShare().raw()).isEqualTo(raw("1229545516"));
        assertThat(seizure.received().raw()).isEqualTo(raw("42682794372"));
        assertThat(seizure.redeemed()).isEqualTo(TokenAmount.ofRaw(raw("8874643597581368902"), 18));
    }

    @Test
    void missesThePriceOfAnEnteredReserveThatIsEmpty() {
        CompoundAccount account =
                CompoundAccount.of(List.of(new CompoundHolding(0, BigInteger.ZERO, true, BorrowSnapshot.NONE)));

        Optional<CompoundLiquidity> found = market("0.75", Set.of(Flag.LISTED), Map.of())
                .liquidity(account, CompoundValuation.Weighting.LIQUIDATION);

        assertThat(found).isEmpty();
    }

    private static CompoundValuation market(String factor, Set<Flag> flags) {
        return market(factor, flags, PRICES);
    }

    private static CompoundValuation market(String factor, Set<Flag> flags, Map<Integer, UnderlyingPrice> prices) {
        ReserveTotals collateral = totals(
                raw("7000000000000000000000123"),
                raw("3000000000000000000000456"),
                raw("20000000000000000000789"),
                raw("48000000000000011"),
                "1050000000000000001",
                1_000,
                21_000_000_001L,
                "0.2");
        ReserveTotals debt = totals(
                raw("90000000000007"),
                raw("60000000000005"),
                raw("300000000003"),
                raw("650000000000000001"),
                "1120000000000000003",
                900,
                33_000_000_007L,
                "0.1");
        RiskParameters risk = new RiskParameters(Wad.parse(factor), Wad.ZERO, Wad.parse("1.08"));
        List<CompoundReserve> reserves = List.of(
                new CompoundReserve(0, token(1), token(2), 18, risk, collateral, Wad.parse("0.028"), flags),
                new CompoundReserve(1, token(3), token(4), 6, risk, debt, Wad.parse("0.028"), flags));
        CompoundMarket.Terms terms =
                new CompoundMarket.Terms(Wad.parse("0.5"), Wad.ZERO, Optional.empty(), Optional.empty(), false);
        return new CompoundMarket(CompoundRevision.COMPOUND_V2, terms, reserves, List.of()).valuedAt(BLOCK, prices);
    }

    private static ReserveTotals totals(
            BigInteger cash,
            BigInteger borrows,
            BigInteger reserves,
            BigInteger supply,
            String index,
            long accruedAt,
            long rate,
            String reserveFactor) {
        return new ReserveTotals(
                cash,
                borrows,
                reserves,
                supply,
                Wad.ONE,
                Wad.ofRaw(raw(index)),
                accruedAt,
                Wad.ofRaw(rate),
                Wad.parse(reserveFactor),
                Optional.empty());
    }

    private static CompoundAccount account() {
        return CompoundAccount.of(List.of(
                new CompoundHolding(0, raw("100000000033"), true, BorrowSnapshot.NONE),
                new CompoundHolding(
                        1,
                        BigInteger.ZERO,
                        true,
                        new BorrowSnapshot(raw("40000000009"), Wad.ofRaw(raw("1060000000000000007"))))));
    }

    private static Address token(int number) {
        return new Address("0x" + "0".repeat(39) + number);
    }

    private static BigInteger raw(String digits) {
        return new BigInteger(digits);
    }
}
