package plimsoll.keeper.protocol.compound;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.VToken;
import plimsoll.abi.VenusComptroller;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.devnet.venus.VenusBorrower;
import plimsoll.devnet.venus.VenusMarket;
import plimsoll.keeper.liquidation.Conditions;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.Opportunities;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** The keeper's watch and arithmetic on a real Venus: who crosses the line is seen and liquidated to the wei. */
@OnDevnet
class VenusOnDevnetTest {

    @SuppressWarnings("NullAway.Init")
    private static VenusMarket venus;

    @SuppressWarnings("NullAway.Init")
    private static Account keeper;

    private MarketWatch watch;

    @BeforeAll
    static void start() {
        venus = VenusMarket.on(devnet());
        keeper = devnet().account("keeper");
        for (Asset asset : Asset.values()) {
            venus.fund(
                    keeper.address(),
                    asset,
                    asset.amount("10000000"),
                    venus.addresses().liquidator());
        }
    }

    @BeforeEach
    void watch() {
        watch = new MarketWatch(
                devnet().chain(),
                CompoundReader.of(
                        devnet().chain(),
                        venus.addresses().comptroller(),
                        new Heartbeats(Duration.ofDays(3_000), Map.of())),
                new WatchSettings(new BlockNumber(0), Optional.empty()),
                InstantSource.system(),
                new SilentFollowerEvents());
    }

    @Test
    void liquidatesWhoCrossesTheLineAsForetold() {
        VenusBorrower anna = venus.borrower("anna").supplies(Asset.WETH, "10").borrows(Asset.USDC, "18000");
        VenusBorrower ben = venus.borrower("ben")
                .supplies(Asset.WETH, "4")
                .supplies(Asset.WBTC, "1")
                .borrows(Asset.LINK, "3000")
                .borrows(Asset.USDC, "5000");
        VenusBorrower carl =
                venus.borrower("carl").supplies(Asset.USDC, "50000").borrows(Asset.WETH, "2");
        VenusBorrower dora = venus.borrower("dora")
                .entersPool(VenusMarket.MAJORS_POOL)
                .supplies(Asset.WBTC, "1")
                .borrows(Asset.WETH, "21");
        Market calm = advance();
        assertThat(shortAccounts(calm)).isEmpty();
        booksEqualTheChain();

        devnet().market().priceOf(Asset.WETH).fallsBy(new Bps(2_500));
        devnet().market().priceOf(Asset.WBTC).fallsBy(new Bps(3_500));
        devnet().mine(40);

        Market crashed = advance();
        assertThat(shortAccounts(crashed))
                .containsExactlyInAnyOrder(anna.address(), ben.address(), dora.address())
                .doesNotContain(carl.address());
        for (Address account : shortAccounts(crashed)) {
            liquidate(account, advance());
            booksEqualTheChain();
        }
    }

    @Test
    void followsGovernanceThatMovesTheLine() {
        VenusBorrower anna = venus.borrower("anna").supplies(Asset.WETH, "10").borrows(Asset.USDC, "16000");
        assertThat(shortAccounts(advance())).isEmpty();

        venus.factorsAre(Asset.WETH, Wad.parse("0.5"), Wad.parse("0.6"));

        Market after = advance();
        assertThat(shortAccounts(after)).containsExactly(anna.address());
        liquidate(anna.address(), after);

        venus.factorsAre(Asset.WETH, Wad.parse("0.75"), Wad.parse("0.8"));
        assertThat(shortAccounts(advance())).isEmpty();
    }

    private Market advance() {
        devnet().mine(1);
        Market market = null;
        while (market == null) {
            market = watch.advance(List.of()).map(sighting -> sighting.market()).orElse(null);
        }
        return market;
    }

    /** By the screen and the exact standing; the chain itself says the same of everybody. */
    private List<Address> shortAccounts(Market market) {
        List<Address> found = new ArrayList<>();
        for (AccountPosition suspect : watch.book().suspects(HealthFactor.ONE, market)) {
            if (AccountHealth.of(suspect, market).needsDecision()) {
                found.add(suspect.account());
            }
        }
        for (AccountPosition position : watch.book().all()) {
            BigInteger shortfall = read(
                            venus.addresses().comptroller(), VenusComptroller.GET_ACCOUNT_LIQUIDITY, position.account())
                    .integer("shortfall");
            Optional<Standing> standing = market.standing(position);
            assertThat(standing).isPresent();
            if (shortfall.signum() > 0) {
                assertThat(found).contains(position.account());
            }
        }
        return found;
    }

    private void liquidate(Address account, Market market) {
        AccountPosition position = watch.book().position(account);
        Opportunities opportunities = Opportunities.of(AccountHealth.of(position, market), market, conditions(market));
        Opportunity best = opportunities.legal().stream()
                .max(Comparator.comparing(it -> it.received()
                        .valueAt(it.collateral().price(), RoundingMode.FLOOR)
                        .minusOrZero(it.repaid().valueAt(it.debt().price(), RoundingMode.CEILING))))
                .orElseThrow(() -> new AssertionError(opportunities.obstacle().toString()));
        LiquidationCall call = market.call(best);
        Call trial = Call.of(call.to(), call.data()).from(keeper.address());
        assertThat(devnet().chain().callAll(List.of(trial), BlockTag.LATEST).getFirst())
                .isInstanceOf(CallResult.Returned.class);
        CompoundState state = (CompoundState) market;
        Address token = state.receiptOf(best.collateral().asset()).orElseThrow();
        BigInteger had = balance(token);
        BigInteger heldCollateral = balance(best.collateral().asset());
        BigInteger heldDebt = balance(best.debt().asset());

        // Both in one block: the redemption is foretold for the liquidation's.
        devnet().rpc().call("evm_setAutomine", false);
        send(call, 0);
        send(state.redemption(best.collateral().asset(), TokenAmount.ofRaw(shares(best, state, position), 8)), 1);
        devnet().rpc().call("evm_mine");
        devnet().rpc().call("evm_setAutomine", true);

        assertThat(balance(token)).as("nothing stranded").isEqualTo(had);
        assertThat(heldDebt.subtract(balance(best.debt().asset())))
                .as("paid")
                .isEqualTo(best.repaid().raw());
        assertThat(balance(best.collateral().asset()).subtract(heldCollateral))
                .as("received")
                .isEqualTo(best.received().raw());
        advance();
    }

    /** What the liquidation will bring, in the reserve's tokens. */
    private static BigInteger shares(Opportunity best, CompoundState state, AccountPosition position) {
        return state.shares(position, best);
    }

    private void send(LiquidationCall call, int place) {
        Map<String, Object> transaction = new HashMap<>();
        long nonce = devnet().chain()
                        .transactionCount(keeper.address(), BlockTag.LATEST)
                        .value()
                + place;
        transaction.put("from", keeper.address().hex());
        transaction.put("to", call.to().hex());
        transaction.put("data", call.data());
        transaction.put("gas", "0x" + Long.toHexString(call.gasLimit().units()));
        transaction.put("nonce", "0x" + Long.toHexString(nonce));
        devnet().rpc().call("eth_sendTransaction", transaction);
    }

    private Conditions conditions(Market market) {
        Map<Address, TokenAmount> funds = new HashMap<>();
        for (plimsoll.keeper.position.Asset asset : market.assets()) {
            if (asset.number() != Reserve.VAI) {
                funds.put(asset.address(), TokenAmount.ofRaw(balance(asset.address()), asset.decimals()));
            }
        }
        return new Conditions(GasPrice.ofRaw(1), Optional.empty(), funds);
    }

    /** Every account and reserve of the book is what the contracts themselves answer, interest included. */
    private void booksEqualTheChain() {
        for (AccountPosition position : watch.book().all()) {
            for (Asset asset : Asset.values()) {
                Address vToken = venus.addresses().vToken(asset);
                int number = numberOf(asset);
                Optional<Holding> holding = position.holding(number);
                AbiValues snapshot = read(vToken, VToken.GET_ACCOUNT_SNAPSHOT, position.account());
                BigInteger index = read(vToken, VToken.BORROW_INDEX).integer(0);
                assertThat(holding.map(it -> it.supplied().raw()).orElse(BigInteger.ZERO))
                        .isEqualTo(snapshot.integer("tokens"));
                assertThat(holding.map(it -> it.borrowed()
                                        .raw()
                                        .multiply(index)
                                        .divide(it.borrowed().storedAt()))
                                .orElse(BigInteger.ZERO))
                        .isEqualTo(snapshot.integer("borrowed"));
            }
        }
    }

    private int numberOf(Asset asset) {
        return watch.assets().stream()
                .filter(it -> it.address().equals(devnet().addresses().of(asset).token()))
                .findFirst()
                .orElseThrow()
                .number();
    }

    private BigInteger balance(Address token) {
        return read(token, Erc20.BALANCE_OF, keeper.address()).integer(0);
    }

    private AbiValues read(Address contract, ContractFunction function, Object... arguments) {
        return function.decode(devnet().chain().call(contract, function.encode(arguments), BlockTag.LATEST));
    }
}
