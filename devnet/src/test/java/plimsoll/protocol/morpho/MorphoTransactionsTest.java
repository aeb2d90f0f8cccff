package plimsoll.protocol.morpho;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.Erc20;
import plimsoll.abi.Morpho;
import plimsoll.abi.MorphoPricing;
import plimsoll.abi.PreLiquidation;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.morpho.MorphoBlue;
import plimsoll.devnet.morpho.MorphoBlue.Interest;
import plimsoll.devnet.morpho.MorphoBorrower;
import plimsoll.devnet.morpho.MorphoMarket;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.protocol.morpho.MorphoLiquidation.Seizure;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** Real markets, real transactions: what the events say is what we computed beforehand for the block's time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnDevnet
class MorphoTransactionsTest {

    private static final PreLiquidationTerms TERMS = new PreLiquidationTerms(
            Wad.parse("0.8"), Wad.parse("0.1"), Wad.parse("0.5"), Wad.parse("1.01"), Wad.parse("1.03"));

    /** 10 % a year by the second. */
    private static final Wad RATE = Wad.ofRaw(3_170_979_198L);

    private MorphoBlue morpho;
    private Account liquidator;

    @BeforeAll
    void start() {
        morpho = MorphoBlue.deployOn(devnet());
        liquidator = devnet().account("liquidator");
        devnet().market().fund(liquidator.address(), Asset.USDC, Asset.USDC.amount("10000000"));
    }

    @Test
    void liquidatesInFullForWhatWasForetold() {
        MorphoMarket market = market("0.86");
        MorphoBorrower borrower = market.borrower("ordinary").supplies("10").borrows("20000");
        market.priceIs("2300");
        Before before = before(market, borrower);

        Receipt receipt = market.liquidate(liquidator, borrower.address(), new Repay(before.position.borrowShares()));

        Seizure expected = (Seizure) before.at(receipt).largest(before.position);
        AbiValues event = event(receipt, morpho.address(), Morpho.LIQUIDATE_EVENT);
        assertThat(event.integer("repaidAssets")).isEqualTo(expected.repaid().raw());
        assertThat(event.integer("repaidShares"))
                .isEqualTo(expected.repaidShares().raw());
        assertThat(event.integer("seizedAssets")).isEqualTo(expected.seized().raw());
        assertThat(event.integer("badDebtAssets")).isZero();
        assertThat(borrower.position()).isEqualTo(expected.position());
        assertThat(totals(market)).isEqualTo(expected.totals());
    }

    @Test
    void writesOffWhatTheCollateralDoesNotPay() {
        MorphoMarket market = market("0.915");
        MorphoBorrower borrower =
                market.borrower("deep under water").supplies("10").borrows("20000");
        market.priceIs("1500");
        Before before = before(market, borrower);

        Receipt receipt = market.liquidate(liquidator, borrower.address(), new Seize(before.position.collateral()));

        Seizure expected = (Seizure) before.at(receipt).largest(before.position);
        AbiValues event = event(receipt, morpho.address(), Morpho.LIQUIDATE_EVENT);
        assertThat(expected.badDebt().isZero()).isFalse();
        assertThat(event.integer("badDebtAssets")).isEqualTo(expected.badDebt().raw());
        assertThat(event.integer("badDebtShares"))
                .isEqualTo(expected.badDebtShares().raw());
        assertThat(totals(market)).isEqualTo(expected.totals());
    }

    @Test
    void preLiquidatesOnOurOwnStandInForWhatWasForetold() {
        MorphoMarket market = market("0.945");
        Address offer = market.offersPreLiquidation(TERMS);
        MorphoBorrower borrower =
                market.borrower("careful").supplies("10").borrows("20000").authorises(offer);
        market.priceIs("2400");
        devnet().send(
                        liquidator.address(),
                        devnet().addresses().of(Asset.USDC).token(),
                        Erc20.APPROVE.encode(offer, Asset.USDC.amount("1000000").raw()));
        Before before = before(market, borrower);
        BigInteger part = before.position.borrowShares().raw().divide(BigInteger.valueOf(10));

        Receipt receipt = devnet().send(
                        liquidator.address(),
                        offer,
                        PreLiquidation.PRE_LIQUIDATE.encode(borrower.address(), 0, part, "0x"));

        Seizure expected = (Seizure) PreLiquidationValuation.of(before.at(receipt), TERMS, before.price)
                .liquidation(before.position, new Repay(new Shares(part)));
        AbiValues event = event(receipt, offer, PreLiquidation.PRE_LIQUIDATE_EVENT);
        assertThat(event.integer("repaidAssets")).isEqualTo(expected.repaid().raw());
        assertThat(event.integer("seizedAssets")).isEqualTo(expected.seized().raw());
        assertThat(borrower.position()).isEqualTo(expected.position());
        assertThat(totals(market)).isEqualTo(expected.totals());
    }

    /** A market with 10 % interest a year, a fee, 1 000 000 USDC to borrow, and the price of 2 500 USDC for a WETH. */
    private MorphoMarket market(String lltv) {
        MorphoMarket market = morpho.createMarket(Asset.WETH, Asset.USDC, Wad.parse(lltv), Interest.FIXED);
        market.rateIs(RATE);
        market.feeIs(Wad.parse("0.1"));
        market.priceIs("2500");
        market.lends("1000000");
        return market;
    }

    /** What is stored before a liquidation, and what that is worth at the time of the liquidation's block. */
    private static final class Before {
        private final MorphoMarket market;
        private final MorphoTotals totals;
        private final MorphoPosition position;
        private final OraclePrice price;

        Before(MorphoMarket market, MorphoTotals totals, MorphoPosition position, OraclePrice price) {
            this.market = market;
            this.totals = totals;
            this.position = position;
            this.price = price;
        }

        MorphoValuation at(Receipt receipt) {
            Instant time = devnet().chain().head().time();
            assertThat(devnet().chain().head().number()).isEqualTo(receipt.blockNumber());
            return MorphoValuation.of(
                    market.lltv(), totals.accruedTo(time, RATE).totals(), price);
        }
    }

    private Before before(MorphoMarket market, MorphoBorrower borrower) {
        BigInteger price = MorphoPricing.PRICE
                .decode(devnet().chain().call(market.oracle(), MorphoPricing.PRICE.encode(), BlockTag.LATEST))
                .integer(0);
        return new Before(market, totals(market), borrower.position(), OraclePrice.ofRaw(price));
    }

    private MorphoTotals totals(MorphoMarket market) {
        AbiValues stored = Morpho.MARKET.decode(
                devnet().chain().call(morpho.address(), Morpho.MARKET.encode(market.id()), BlockTag.LATEST));
        return new MorphoTotals(
                TokenAmount.ofRaw(stored.integer("totalSupplyAssets"), 6),
                new Shares(stored.integer("totalSupplyShares")),
                TokenAmount.ofRaw(stored.integer("totalBorrowAssets"), 6),
                new Shares(stored.integer("totalBorrowShares")),
                Instant.ofEpochSecond(stored.integer("lastUpdate").longValueExact()),
                new Wad(stored.integer("fee")));
    }

    private static AbiValues event(Receipt receipt, Address emitter, ContractEvent event) {
        return receipt.logs().stream()
                .filter(log ->
                        log.address().equals(emitter) && log.topics().getFirst().equals(event.topic()))
                .map(log -> event.decode(log.topics(), log.data()))
                .findFirst()
                .orElseThrow();
    }
}
