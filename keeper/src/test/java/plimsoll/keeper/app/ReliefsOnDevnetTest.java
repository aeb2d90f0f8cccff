package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.Multicall3;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.margin.Relief;
import plimsoll.keeper.margin.Remedies;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.relief.AaveReliefCalls;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.Sighting;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** What a margin call says must be supplied or repaid, against what the real contracts answer. */
@OnDevnet
final class ReliefsOnDevnetTest {

    private static final ContractFunction MINT = ContractFunction.of("mint(address account, uint256 amount)");

    /** The contract itself, at the very block of the reading: with the amount it reaches the aim, with one unit less it does not. */
    @Test
    void reliefsAreExactToTheSmallestUnit() {
        List<Borrower> borrowers = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 6; i++) {
            Borrower borrower = devnet().market().borrower("exact" + i);
            borrower.supplies(Asset.WETH, "1." + random.nextInt(1_000_000, 9_999_999));
            borrower.supplies(Asset.WBTC, "0.0" + random.nextInt(100_000, 999_999));
            borrower.borrows(Asset.USDC, "1" + random.nextInt(100, 999) + "." + random.nextInt(100_000, 999_999));
            borrower.borrows(Asset.LINK, "2." + random.nextInt(1_000_000, 9_999_999));
            borrowers.add(borrower);
            devnet().elapse(Duration.ofDays(random.nextInt(1, 20)));
        }
        devnet().market().refreshFeeds();
        MarketWatch watch = watch();
        Sighting sighting = watch.catchUp();
        int looked = 0;
        for (Borrower borrower : borrowers) {
            AccountPosition position = watch.book().position(borrower.address());
            HealthFactor now = sighting.market()
                    .standing(position)
                    .orElseThrow()
                    .healthFactor()
                    .orElseThrow();
            for (String more : List.of("0.01", "0.3", "1.7")) {
                HealthFactor aim = new HealthFactor(now.ratio().plus(Wad.parse(more)));
                for (Relief relief : new Remedies(sighting.market(), position).restoring(aim)) {
                    HealthFactor reached = asTheContractSays(borrower.address(), relief, relief.amount(), sighting);
                    TokenAmount less = relief.amount()
                            .minus(TokenAmount.ofRaw(
                                    BigInteger.ONE, relief.amount().decimals()));

                    assertThat(reached)
                            .as("%s", relief)
                            .isGreaterThanOrEqualTo(aim)
                            .isEqualTo(relief.after());
                    assertThat(asTheContractSays(borrower.address(), relief, less, sighting))
                            .as("one unit less of %s", relief)
                            .isLessThan(aim);
                    looked++;
                }
            }
        }
        assertThat(looked).isEqualTo(60);
    }

    private static MarketWatch watch() {
        return new MarketWatch(
                devnet().chain(),
                AaveReader.of(
                        devnet().chain(), devnet().addresses().pool(), new Heartbeats(Duration.ofDays(30), Map.of())),
                new WatchSettings(new BlockNumber(0), Optional.empty()),
                InstantSource.system(),
                new SilentFollowerEvents());
    }

    /** Supply or repayment and the account's data in one call, so that no time passes between. */
    private static HealthFactor asTheContractSays(Address account, Relief relief, TokenAmount amount, Sighting at) {
        Address pool = devnet().addresses().pool();
        Address multicall = devnet().addresses().multicall3();
        Relief asked = new Relief(relief.kind(), relief.asset(), relief.symbol(), amount, relief.after());
        List<List<Object>> parts = List.of(
                List.of(relief.asset(), false, MINT.encode(multicall, amount.raw())),
                List.of(relief.asset(), false, Erc20.APPROVE.encode(pool, amount.raw())),
                List.of(pool, false, new AaveReliefCalls(pool).data(asked, account)),
                List.of(pool, false, AavePool.GET_USER_ACCOUNT_DATA.encode(account)));
        AbiValues answer = Multicall3.AGGREGATE3
                .decode(devnet().chain()
                        .call(
                                multicall,
                                Multicall3.AGGREGATE3.encode(parts),
                                at.header().at()))
                .values(0);
        BigInteger health = AavePool.GET_USER_ACCOUNT_DATA
                .decode(answer.values(3).hex("returnData"))
                .integer("healthFactor");
        return new HealthFactor(Wad.ofRaw(health));
    }
}
