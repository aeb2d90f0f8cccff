package plimsoll.protocol.morpho;

import java.math.BigInteger;
import java.time.Instant;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** A market that lends USDC against WETH up to 86 %, and somebody in it with 5 WETH and 10 000 million million shares of debt. */
final class SampleMorpho {

    static final Wad LLTV = Wad.parse("0.86");
    static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant NOW = OPENED.plusSeconds(86_400);

    /** 5 % a year by the second. */
    static final Wad RATE = Wad.ofRaw(1_585_489_599L);

    static final MorphoPosition BORROWER = new MorphoPosition(weth("5"), shares("10000000000000000"));

    private SampleMorpho() {}

    static MorphoTotals stored() {
        return new MorphoTotals(
                usdc("1000000"),
                shares("1000000000000000000"),
                usdc("800000"),
                shares("780000000000000000"),
                OPENED,
                Wad.parse("0.1"));
    }

    static MorphoValuation at(String usdcPerWeth) {
        return MorphoValuation.of(LLTV, stored().accruedTo(NOW, RATE).totals(), price(usdcPerWeth));
    }

    static OraclePrice price(String usdcPerWeth) {
        return OraclePrice.ofRaw(new BigInteger(usdcPerWeth).multiply(BigInteger.TEN.pow(36 + 6 - 18)));
    }

    static TokenAmount usdc(String whole) {
        return TokenAmount.parse(whole, 6);
    }

    static TokenAmount weth(String whole) {
        return TokenAmount.parse(whole, 18);
    }

    static Shares shares(String raw) {
        return Shares.ofRaw(new BigInteger(raw));
    }
}
