package plimsoll.keeper.protocol.comet;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.abi.Erc20;
import plimsoll.chain.log.FollowerLog;
import plimsoll.devnet.Asset;
import plimsoll.devnet.comet.CometCollateral;
import plimsoll.devnet.comet.LocalComet;
import plimsoll.devnet.comet.LocalComet.StoredAccount;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.liquidation.Conditions;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.MarketExtract;
import plimsoll.keeper.liquidation.Opportunities;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.Sighting;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;
import plimsoll.units.Wei;

/** A Compound III market followed from its first block: our stand-in, not the real contract. */
@OnDevnet
final class CometOnDevnetTest {

    private static final BigInteger WITHOUT_LIMIT = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    @Test
    void absorbsAndThenBuysWhatTheMarketSells() {
        LocalComet comet = market();
        Address borrower = borrower(comet, "absorbed");
        Address keeper = devnet().account("comet keeper").address();
        devnet().market().fund(keeper, LocalComet.BASE, TokenAmount.parse("100000", 6));
        comet.send(keeper, comet.token(LocalComet.BASE), Erc20.APPROVE.encode(comet.address(), WITHOUT_LIMIT));
        CometReader reader = reader(comet);
        MarketWatch watch = watch(reader);
        Market before = watch.advance(List.of()).orElseThrow().market();
        assertThat(watch.book().suspects(HealthFactor.ONE, before)).isEmpty();
        assertThat(reader.isProven()).isFalse();

        comet.answers(Asset.WETH, Price.parse("2000").raw());
        Sighting fallen = watch.advance(List.of()).orElseThrow();
        Opportunity absorption = only(watch, fallen.market(), comet, keeper);

        assertThat(absorption.account()).isEqualTo(borrower);
        assertThat(absorption.repaid().isZero()).isTrue();
        assertThat(absorption.received().isZero()).isTrue();

        carryOut(comet, fallen.market(), absorption, keeper);
        Sighting absorbed = watch.advance(List.of()).orElseThrow();
        Opportunity purchase = only(watch, absorbed.market(), comet, keeper);

        assertThat(purchase.account()).isEqualTo(comet.address());
        assertThat(purchase.received()).isEqualTo(Asset.WETH.amount("10"));
        // 10 WETH · 2 000 · (1 − 0.6·(1 − 0.95)) = 19 400 USDC
        assertThat(purchase.repaid()).isEqualTo(TokenAmount.parse("19400", 6));

        carryOut(comet, absorbed.market(), purchase, keeper);
        assertThat(devnet().market().balanceOf(Asset.WETH, keeper)).isEqualTo(Asset.WETH.amount("10"));
        Sighting sold = watch.advance(List.of()).orElseThrow();
        assertThat(unhealthy(watch, sold.market())).isEmpty();
    }

    @Test
    void seesADebtThatChangedWithoutALog() {
        LocalComet comet = market();
        Address borrower = borrower(comet, "silent");
        CometReader reader = reader(comet);
        MarketWatch watch = watch(reader);
        assertThat(watch.advance(List.of())).isPresent();
        BigInteger more = BigInteger.valueOf(-23_000_000_000L);
        devnet().fundEther(comet.address(), Wei.parse("10"));
        for (Asset asset : List.of(Asset.WETH, Asset.WBTC)) {
            devnet().market().fund(comet.address(), asset, new TokenAmount(LocalComet.HELD_FOR_ALL, asset.decimals()));
        }

        comet.store(List.of(new StoredAccount(
                borrower, more, List.of(Asset.WETH.amount("10").raw(), BigInteger.ZERO))));
        devnet().mine(1);
        Market market = watch.advance(List.of()).orElseThrow().market();

        assertThat(unhealthy(watch, market))
                .extracting(AccountPosition::account)
                .contains(borrower);
    }

    @Test
    void anExtractAnswersTheSame() {
        LocalComet comet = market();
        Address borrower = borrower(comet, "written down");
        MarketWatch watch = watch(reader(comet));
        comet.answers(Asset.WETH, Price.parse("2100").raw());
        devnet().elapse(Duration.ofDays(3));
        Market market = watch.advance(List.of()).orElseThrow().market();
        AccountPosition position = watch.book().position(borrower);

        Market again = ((MarketExtract) market.extract(position)).restore();

        Optional<Standing> standing = market.standing(position);
        assertThat(standing).isPresent();
        assertThat(again.standing(position)).isEqualTo(standing);
        assertThat(market.borrowed(position.holding(0).orElseThrow())).isGreaterThan(TokenAmount.parse("20000", 6));
    }

    private static Opportunity only(MarketWatch watch, Market market, LocalComet comet, Address keeper) {
        List<AccountPosition> unhealthy = unhealthy(watch, market);
        assertThat(unhealthy).hasSize(1);
        Conditions conditions = new Conditions(
                GasPrice.ZERO,
                Optional.empty(),
                Map.of(comet.token(LocalComet.BASE), devnet().market().balanceOf(LocalComet.BASE, keeper)));
        Opportunities found = Opportunities.of(AccountHealth.of(unhealthy.getFirst(), market), market, conditions);
        assertThat(found.legal()).as("%s", found.obstacle()).hasSize(1);
        return found.legal().getFirst();
    }

    private static List<AccountPosition> unhealthy(MarketWatch watch, Market market) {
        return watch.book().suspects(HealthFactor.ONE, market).stream()
                .filter(position -> AccountHealth.of(position, market).needsDecision())
                .toList();
    }

    private static void carryOut(LocalComet comet, Market market, Opportunity opportunity, Address keeper) {
        LiquidationCall call = market.call(opportunity, keeper);
        comet.send(keeper, call.to(), call.data());
    }

    /** Two kinds of collateral; ten million lent, and reserves below their target. */
    private static LocalComet market() {
        LocalComet comet = LocalComet.on(
                devnet(),
                List.of(collateral(Asset.WETH, "2500", "0.95"), collateral(Asset.WBTC, "60000", "0.93")),
                TokenAmount.parse("1000000", 6));
        comet.supplies(devnet().account("lender").address(), LocalComet.BASE, TokenAmount.parse("10000000", 6));
        return comet;
    }

    /** 10 WETH at 2 500 carry 22 375 USDC; 20 000 are owed. */
    private static Address borrower(LocalComet comet, String name) {
        Address borrower = devnet().account(name).address();
        comet.supplies(borrower, Asset.WETH, Asset.WETH.amount("10"));
        comet.withdraws(borrower, LocalComet.BASE, TokenAmount.parse("20000", 6));
        return borrower;
    }

    private static CometReader reader(LocalComet comet) {
        return CometReader.of(devnet().chain(), comet.address(), new Heartbeats(Duration.ofDays(30), Map.of()));
    }

    private static MarketWatch watch(CometReader reader) {
        return new MarketWatch(
                devnet().chain(),
                reader,
                new WatchSettings(new BlockNumber(0), Optional.empty()),
                InstantSource.system(),
                new FollowerLog("comet"));
    }

    private static CometCollateral collateral(Asset asset, String price, String liquidation) {
        return new CometCollateral(
                asset, Price.parse(price), Wad.parse("0.825"), Wad.parse("0.895"), Wad.parse(liquidation));
    }
}
