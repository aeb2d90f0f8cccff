package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Multicall3;
import plimsoll.chain.call.BlockAt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.StoredPosition;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.Wad;

/** What we compute for an account is what the pool itself answers, for accounts of every kind, to the wei. */
class AaveAccountDataDifferentialTest {

    private static final int BATCH = 1_000;
    private static final BigInteger NO_DEBT = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    @Test
    void agreesWithThePoolOnRandomAccounts() {
        agrees(20_000, 1);
    }

    @Test
    @Tag("long")
    void agreesWithThePoolOnAMillionRandomAccounts() {
        agrees(1_000_000, 2);
    }

    private static void agrees(int states, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long begun = System.nanoTime();
        int liquidatable = 0;
        int inEMode = 0;
        try (LocalAave aave = LocalAave.start(seed)) {
            List<Address> owners = owners();
            Map<Asset, Price> opening = aave.devnet().market().prices();
            for (int done = 0; done < states; done += BATCH) {
                moveWorld(aave, opening, random);
                List<AaveAccount> accounts = accounts(aave, random);

                List<AaveAccountData> answered = answered(aave, owners, accounts);

                MarketReader.Seen seen = aave.reader().read();
                AaveValuation valuation = seen.valuedAt(seen.block().time());
                for (int i = 0; i < BATCH; i++) {
                    assertThat(valuation.accountData(accounts.get(i)))
                            .as("seed %d state %d %s", seed, done + i, accounts.get(i))
                            .isEqualTo(answered.get(i));
                    liquidatable += answered.get(i).isLiquidatable() ? 1 : 0;
                    inEMode += accounts.get(i).eModeCategory() > 0 ? 1 : 0;
                }
            }
        }
        assertThat(liquidatable).as("liquidatable").isGreaterThan(states / 20);
        assertThat(inEMode).as("in eMode").isGreaterThan(states / 4);
        System.out.printf(
                "getUserAccountData: %d states, 0 wei of difference; %d liquidatable, %d in eMode; %.1f s%n",
                states, liquidatable, inEMode, (System.nanoTime() - begun) / 1e9);
    }

    /** New prices and, one time in two, more interest. */
    private static void moveWorld(LocalAave aave, Map<Asset, Price> opening, RandomGenerator random) {
        Map<Asset, Price> prices = new EnumMap<>(Asset.class);
        opening.forEach((asset, price) -> {
            long moved = price.raw().longValueExact() / 100 * random.nextLong(50, 200) + random.nextInt(100);
            prices.put(asset, Price.ofRaw(moved));
        });
        aave.devnet().market().pricesAre(prices);
        if (random.nextBoolean()) {
            aave.devnet().elapse(Duration.ofSeconds(random.nextLong(1, 2_000_000)));
        }
    }

    private static List<AaveAccountData> answered(LocalAave aave, List<Address> owners, List<AaveAccount> accounts) {
        List<StoredPosition> positions = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            positions.add(aave.stored(owners.get(i), accounts.get(i)));
        }
        aave.devnet().market().placeByStorage(positions);
        BlockAt head = BlockAt.number(aave.chain().head().number());
        requireTimeOfBlock(aave, head);
        return aave.reader().all(AavePool.GET_USER_ACCOUNT_DATA, owners, head).stream()
                .map(AaveAccountDataDifferentialTest::data)
                .toList();
    }

    /** The node must answer calls at its head's time: it is the time that we accrue to. */
    private static void requireTimeOfBlock(LocalAave aave, BlockAt head) {
        String answer =
                aave.chain().call(aave.addresses().multicall3(), Multicall3.GET_CURRENT_BLOCK_TIMESTAMP.encode(), head);
        long seconds =
                Multicall3.GET_CURRENT_BLOCK_TIMESTAMP.decode(answer).integer(0).longValueExact();
        assertThat(Instant.ofEpochSecond(seconds)).isEqualTo(aave.chain().head().time());
    }

    private static AaveAccountData data(AbiValues answer) {
        BigInteger health = answer.integer("healthFactor");
        return new AaveAccountData(
                BaseValue.ofRaw(answer.integer("totalCollateralBase")),
                BaseValue.ofRaw(answer.integer("totalDebtBase")),
                BaseValue.ofRaw(answer.integer("availableBorrowsBase")),
                Bps.ofRaw(answer.integer("currentLiquidationThreshold").longValueExact()),
                Bps.ofRaw(answer.integer("ltv").longValueExact()),
                health.equals(NO_DEBT) ? Optional.empty() : Optional.of(new HealthFactor(Wad.ofRaw(health))));
    }

    private static List<AaveAccount> accounts(LocalAave aave, RandomGenerator random) {
        List<AaveAccount> accounts = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            List<AaveHolding> holdings = new ArrayList<>();
            for (Asset asset : Asset.values()) {
                ScaledAmount supplied = random.nextInt(5) < 3 ? amount(random, asset) : ScaledAmount.ZERO;
                ScaledAmount borrowed = random.nextInt(5) < 2 ? amount(random, asset) : ScaledAmount.ZERO;
                boolean used = !supplied.isZero() && random.nextInt(10) > 0;
                holdings.add(new AaveHolding(aave.reserveOf(asset), supplied, used, borrowed));
            }
            holdings.sort(java.util.Comparator.comparingInt(AaveHolding::reserve));
            accounts.add(new AaveAccount(random.nextInt(LocalAave.CATEGORIES.size() + 1), holdings));
        }
        return accounts;
    }

    /** Mostly ordinary amounts of any size; one time in 20 a single unit or as much as a balance can hold. */
    private static ScaledAmount amount(RandomGenerator random, Asset asset) {
        return switch (random.nextInt(40)) {
            case 0 -> ScaledAmount.ofRaw(BigInteger.ONE);
            case 1 -> ScaledAmount.ofRaw(BigInteger.TWO.pow(120).subtract(BigInteger.ONE));
            default -> {
                int digits = random.nextInt(1, asset.decimals() + 7);
                long leading = random.nextLong(1, 10_000_000_000L);
                BigInteger raw = BigInteger.valueOf(leading).multiply(BigInteger.TEN.pow(digits));
                yield ScaledAmount.ofRaw(raw.divide(BigInteger.TEN.pow(10)).max(BigInteger.ONE));
            }
        };
    }

    private static List<Address> owners() {
        List<Address> owners = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            owners.add(new Address("0x" + String.format("%040x", 0xA11CE0000L + i)));
        }
        return owners;
    }
}
