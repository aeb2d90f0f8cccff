package plimsoll.keeper.protocol.morpho;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.abi.ExecutorStep;
import plimsoll.abi.ExecutorStep.MorphoLiquidation;
import plimsoll.keeper.liquidation.Funding;
import plimsoll.keeper.liquidation.Leg;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Outcome;
import plimsoll.keeper.liquidation.Pair;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.protocol.morpho.MorphoTotals;
import plimsoll.protocol.morpho.OraclePrice;
import plimsoll.protocol.morpho.Shares;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** A call names the shares or the collateral that belong to its own amounts, whatever else was looked at since. */
final class MorphoCallsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Asset USDC = new Asset(MarketTerms.LOAN, address(2), "USDC", 6);
    private static final Asset WETH = new Asset(MarketTerms.COLLATERAL, address(3), "WETH", 18);
    private static final Pair PAIR = new Pair(MarketTerms.COLLATERAL, MarketTerms.LOAN);
    /** 18 000 USDC at a million shares each. */
    private static final BigInteger SHARES = BigInteger.valueOf(18_000).multiply(BigInteger.TEN.pow(12));

    private final MorphoState state = state();
    private final AccountPosition position = new AccountPosition(
            address(9),
            0,
            List.of(
                    new Holding(MarketTerms.LOAN, StoredAmount.ZERO, false, StoredAmount.ofRaw(SHARES)),
                    new Holding(
                            MarketTerms.COLLATERAL,
                            StoredAmount.ofRaw(BigInteger.TEN.pow(19)),
                            true,
                            StoredAmount.ZERO)));

    @Test
    void repaysTheWholeAfterSmallerAmountsWereLookedAt() {
        Opportunity whole = opportunity(state.largest(position, PAIR));
        String alone = state.call(whole).data();

        Opportunity part = opportunity(state.covering(position, PAIR, TokenAmount.parse("1000", 6)));

        assertThat(state.call(whole).data())
                .isEqualTo(alone)
                .isNotEqualTo(state.call(part).data());
        assertThat(only(state.steps(whole, Optional.empty(), Funding.FLASH_LOAN))
                        .repaidShares())
                .isEqualTo(SHARES);
    }

    private static MorphoLiquidation only(List<ExecutorStep> steps) {
        assertThat(steps).hasSize(1);
        return (MorphoLiquidation) steps.getFirst();
    }

    private Opportunity opportunity(Outcome outcome) {
        Outcome.Seizure seizure = (Outcome.Seizure) outcome;
        return new Opportunity(
                position.account(),
                HealthFactor.parse("0.95"),
                new Leg(USDC.address(), USDC.symbol(), Price.parse("1")),
                new Leg(WETH.address(), WETH.symbol(), Price.parse("2000")),
                seizure.repaid(),
                seizure.received(),
                seizure.protocolFee(),
                seizure.takesAll());
    }

    /** 10 WETH at 2 000 USDC may owe 17 200. */
    private static MorphoState state() {
        var terms = new MarketTerms(
                address(1),
                "0x" + "%064x".formatted(1),
                USDC,
                WETH,
                address(4),
                address(5),
                Wad.parse("0.86"),
                List.of(),
                Optional.empty());
        BigInteger million = BigInteger.TEN.pow(12);
        var totals = new MorphoTotals(
                TokenAmount.ofRaw(million.shiftLeft(1), 6),
                new Shares(million.shiftLeft(1).multiply(BigInteger.TEN.pow(6))),
                TokenAmount.ofRaw(million, 6),
                new Shares(million.multiply(BigInteger.TEN.pow(6))),
                NOW,
                Wad.ZERO);
        Optional<OraclePrice> price =
                Optional.of(OraclePrice.ofRaw(BigInteger.valueOf(2_000).multiply(BigInteger.TEN.pow(24))));
        var block = new MarketBlock(new BlockNumber(1), BlockHash.parse("0x" + "%064x".formatted(1)), NOW);
        var seen = new OracleView.Seen(price, new PriceView.Fresh(Price.parse("2000"), NOW));
        return new MorphoState(terms, block, totals, seen, Optional.empty());
    }

    private static Address address(int number) {
        return new Address("0x" + "%040x".formatted(number));
    }
}
