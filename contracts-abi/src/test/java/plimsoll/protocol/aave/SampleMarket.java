package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.Ray;

/** A market of three reserves for vectors: WETH and USDC with indexes that time has moved, DAI without collateral use. */
final class SampleMarket {

    static final int WETH = 0;
    static final int USDC = 1;
    static final int DAI = 5;
    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    /** 1.05 and 1.1 plus one 10⁻²⁷, so that roundings show. */
    static final BigInteger WETH_INCOME = new BigInteger("1050000000000000000000000000");

    static final BigInteger USDC_DEBT = new BigInteger("1100000000000000000000000001");

    private SampleMarket() {}

    static AaveValuation at(String wethPrice) {
        return at(Map.of(WETH, Price.parse(wethPrice), USDC, Price.parse("1"), DAI, Price.parse("1")));
    }

    static AaveValuation at(Map<Integer, Price> prices) {
        return market().valuedAt(NOW, new HashMap<>(prices));
    }

    static AaveMarket market() {
        AaveReserve weth = reserve(WETH, configuration(8050, 8300, 10_500, 18), WETH_INCOME, Ray.SCALE);
        AaveReserve usdc = reserve(USDC, configuration(7500, 7800, 10_400, 6), Ray.SCALE, USDC_DEBT);
        AaveReserve dai = reserve(DAI, configuration(0, 0, 0, 18), Ray.SCALE, Ray.SCALE);
        AaveEModeCategory eMode = new AaveEModeCategory(
                1, new Bps(9000), new Bps(9300), new Bps(100), BigInteger.ONE.shiftLeft(WETH), BigInteger.ZERO);
        return new AaveMarket(AaveRevision.V3_6, List.of(weth, usdc, dai), List.of(eMode), true);
    }

    static AaveReserve reserve(int id, ReserveConfiguration configuration, BigInteger income, BigInteger debt) {
        AaveReserve.Indexes indexes = new AaveReserve.Indexes(new Ray(income), new Ray(debt), Ray.ZERO, Ray.ZERO, NOW);
        return new AaveReserve(id, address(id), configuration, indexes, Instant.EPOCH);
    }

    /** Active, not paused, a tenth of the bonus to the protocol. */
    static ReserveConfiguration configuration(int ltv, int threshold, int bonus, int decimals) {
        return ReserveConfiguration.ofRaw(BigInteger.valueOf(ltv)
                .or(BigInteger.valueOf(threshold).shiftLeft(16))
                .or(BigInteger.valueOf(bonus).shiftLeft(32))
                .or(BigInteger.valueOf(decimals).shiftLeft(48))
                .setBit(56)
                .or(BigInteger.valueOf(1_000).shiftLeft(152)));
    }

    static AaveHolding supplied(int reserve, String scaled) {
        return new AaveHolding(reserve, new ScaledAmount(new BigInteger(scaled)), true, ScaledAmount.ZERO);
    }

    static AaveHolding borrowed(int reserve, String scaled) {
        return new AaveHolding(reserve, ScaledAmount.ZERO, false, new ScaledAmount(new BigInteger(scaled)));
    }

    /** 10 scaled WETH against 15 000 scaled USDC. */
    static AaveAccount borrower(int eMode) {
        return new AaveAccount(eMode, List.of(supplied(WETH, "10000000000000000000"), borrowed(USDC, "15000000000")));
    }

    static Address address(int id) {
        return new Address("0x" + String.format("%040x", 0x1000 + id));
    }
}
