package plimsoll.protocol.compound;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.VToken;
import plimsoll.abi.VenusComptroller;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.devnet.Asset;
import plimsoll.protocol.compound.CompoundLiquidation.Pair;
import plimsoll.protocol.compound.CompoundValuation.Weighting;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** What we compute for an account and for a liquidation is what Venus itself answers, for states of every kind, to the wei. */
class CompoundLiquidityDifferentialTest {

    private static final int ACCOUNTS = 500;
    private static final int WORLDS_PER_ACCOUNTS = 8;
    private static final Address LIQUIDATOR = new Address("0x00000000000000000000000000000000000111d8");

    private final Map<String, Integer> seen = new TreeMap<>();

    @Test
    void agreesWithVenusOnRandomStates() {
        agrees(20_000, 1);
    }

    @Test
    @Tag("long")
    void agreesWithVenusOnAMillionRandomStates() {
        agrees(1_000_000, 2);
    }

    private void agrees(int states, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long begun = System.nanoTime();
        try (LocalVenus venus = LocalVenus.start(seed)) {
            StateMaker maker = new StateMaker(random);
            List<Address> owners = owners();
            List<CompoundAccount> accounts = List.of();
            venus.devnet().mine(100);
            venus.storage().liquidator(Address.ZERO);
            long block = venus.blockOfCalls();
            for (int world = 0; world * ACCOUNTS < states; world++) {
                if (world % WORLDS_PER_ACCOUNTS == 0) {
                    accounts = accounts(maker, venus, owners);
                }
                boolean fresh = world % 2 == 0;
                maker.world(venus.storage(), block, fresh, world % 10 == 7);
                venus.write();
                CompoundValuation valuation = valuation(venus, block);
                liquidity(venus, valuation, owners, accounts, seed, world);
                if (fresh) {
                    liquidations(venus, valuation, owners, accounts, random);
                } else {
                    accruals(venus, valuation, owners, accounts, random);
                }
            }
        }
        System.out.printf(
                "getAccountLiquidity and getBorrowingPower: %d states, 0 wei of difference; besides %s; %.1f s%n",
                states, seen, (System.nanoTime() - begun) / 1e9);
        assertThat(seen.getOrDefault("short", 0)).as("short").isGreaterThan(states / 10);
        assertThat(seen.getOrDefault("sound", 0)).as("sound").isGreaterThan(states / 10);
        assertThat(seen.keySet())
                .contains("no price", "allowed 0", "allowed 3", "allowed 17", "seize", "accrued rate", "accrued debt");
    }

    private static CompoundValuation valuation(LocalVenus venus, long block) {
        VenusReader.Seen read = venus.read(false);
        return read.market().valuedAt(block, read.prices());
    }

    private static List<CompoundAccount> accounts(StateMaker maker, LocalVenus venus, List<Address> owners) {
        List<CompoundAccount> accounts = new ArrayList<>();
        for (Address owner : owners) {
            CompoundAccount account = maker.account();
            venus.storage().account(owner, account);
            accounts.add(account);
        }
        return accounts;
    }

    private void liquidity(
            LocalVenus venus,
            CompoundValuation valuation,
            List<Address> owners,
            List<CompoundAccount> accounts,
            long seed,
            int world) {
        List<Call> calls = new ArrayList<>();
        Address comptroller = venus.addresses().comptroller();
        for (int i = 0; i < owners.size(); i++) {
            calls.add(Call.of(comptroller, VenusComptroller.GET_ACCOUNT_LIQUIDITY.encode(owners.get(i))));
        }
        for (int i = 0; i < owners.size(); i += 4) {
            calls.add(Call.of(
                    comptroller,
                    VenusComptroller.GET_HYPOTHETICAL_ACCOUNT_LIQUIDITY.encode(owners.get(i), Address.ZERO, 0, 0)));
        }
        List<CallResult> answers = venus.ask(calls);
        for (int i = 0; i < calls.size(); i++) {
            boolean borrowing = i >= owners.size();
            CompoundAccount account = accounts.get(borrowing ? (i - owners.size()) * 4 : i);
            Weighting weighting = borrowing ? Weighting.BORROWING : Weighting.LIQUIDATION;
            Optional<CompoundLiquidity> ours = valuation.liquidity(account, weighting);
            Optional<List<BigInteger>> theirs = answer(answers.get(i));
            Optional<List<BigInteger>> computed = ours.map(it -> List.of(
                    BigInteger.ZERO, it.liquidity().raw(), it.shortfall().raw()));
            if (!computed.equals(theirs)) {
                throw new AssertionError("seed=" + seed + " world=" + world + " place=" + i + " computed=" + computed
                        + " answered=" + theirs + " " + account);
            }
            count(ours.isEmpty() ? "no price" : ours.get().isShort() ? "short" : "sound");
        }
    }

    private static Optional<List<BigInteger>> answer(CallResult result) {
        return switch (result) {
            case CallResult.Returned(String data) -> {
                AbiValues values = VenusComptroller.GET_ACCOUNT_LIQUIDITY.decode(data);
                yield Optional.of(
                        List.of(values.integer("error"), values.integer("liquidity"), values.integer("shortfall")));
            }
            case CallResult.Reverted _ -> Optional.empty();
        };
    }

    /** All reserves are up to date, so that the comptroller's answers are those that a liquidation would get. */
    private void liquidations(
            LocalVenus venus,
            CompoundValuation valuation,
            List<Address> owners,
            List<CompoundAccount> accounts,
            RandomGenerator random) {
        List<Call> calls = new ArrayList<>();
        List<Runnable> checks = new ArrayList<>();
        List<CallResult> answers = new ArrayList<>();
        for (int i = 0; i < owners.size(); i += 5) {
            CompoundAccount account = accounts.get(i);
            Pair pair = new Pair(random.nextInt(4), random.nextInt(4));
            CompoundReserve debt = valuation.market().reserve(pair.debt());
            Address collateralToken =
                    valuation.market().reserve(pair.collateral()).token();
            BigInteger repaid = request(valuation, account, pair, random);
            int place = calls.size();
            calls.add(Call.of(
                    venus.addresses().comptroller(),
                    VenusComptroller.LIQUIDATE_BORROW_ALLOWED.encode(
                            debt.token(), collateralToken, LIQUIDATOR, owners.get(i), repaid)));
            calls.add(Call.of(
                    venus.addresses().comptroller(),
                    VenusComptroller.LIQUIDATE_CALCULATE_SEIZE_TOKENS.encode(
                            owners.get(i), debt.token(), collateralToken, repaid)));
            checks.add(() -> {
                String what = account + " " + pair + " repaid=" + repaid;
                CompoundLiquidation ours =
                        valuation.liquidation(account, pair, TokenAmount.ofRaw(repaid, debt.decimals()));
                allowed(answers.get(place), ours, what);
                if (answers.get(place + 1) instanceof CallResult.Returned(String data)) {
                    BigInteger seized = VenusComptroller.LIQUIDATE_CALCULATE_SEIZE_TOKENS
                            .decode(data)
                            .integer("seizeTokens");
                    assertThat(new LiquidationRule(valuation, account, pair).seizedFor(repaid))
                            .as(what)
                            .isEqualTo(seized);
                    count("seize");
                }
            });
        }
        answers.addAll(venus.ask(calls));
        checks.forEach(Runnable::run);
    }

    /** The comptroller is asked before amounts are looked at: what comes later it allows. */
    private void allowed(CallResult answer, CompoundLiquidation ours, String what) {
        if (answer instanceof CallResult.Reverted) {
            assertThat(ours).as(what).isInstanceOf(CompoundLiquidation.NoPrice.class);
            return;
        }
        int code = LocalVenus.value(VenusComptroller.LIQUIDATE_BORROW_ALLOWED, answer)
                .intValueExact();
        int expected = switch (ours) {
            case CompoundLiquidation.Solvent _ -> 3;
            case CompoundLiquidation.TooMuchRepaid _ -> 17;
            case CompoundLiquidation.Seizure _,
                    CompoundLiquidation.SeizesTooMuch _,
                    CompoundLiquidation.NothingRepaid _,
                    CompoundLiquidation.NoPrice _ -> 0;
            // Asked before the amount by us, after it by the market.
            case CompoundLiquidation.NotEntered _, CompoundLiquidation.NoIncentive _ -> code == 17 ? 17 : 0;
            case CompoundLiquidation.Refused refused -> throw new AssertionError(refused + " " + what);
        };
        assertThat(code).as(what).isEqualTo(expected);
        count("allowed " + code);
    }

    /** The most that the close factor allows, one more, one less, or any share of it. */
    private static BigInteger request(
            CompoundValuation valuation, CompoundAccount account, Pair pair, RandomGenerator random) {
        BigInteger owed =
                valuation.borrowed(account.holding(pair.debt()).orElseThrow()).raw();
        BigInteger most =
                CompoundMath.times(valuation.market().terms().closeFactor().raw(), owed);
        return switch (random.nextInt(5)) {
            case 0 -> most.add(BigInteger.ONE);
            case 1 -> most;
            case 2 -> owed;
            case 3 -> owed.add(BigInteger.ONE);
            default -> most.multiply(BigInteger.valueOf(random.nextInt(1_000))).divide(BigInteger.valueOf(1_000));
        };
    }

    private void accruals(
            LocalVenus venus,
            CompoundValuation valuation,
            List<Address> owners,
            List<CompoundAccount> accounts,
            RandomGenerator random) {
        List<Call> calls = new ArrayList<>();
        List<ContractFunction> functions = new ArrayList<>();
        List<BigInteger> expected = new ArrayList<>();
        for (Asset asset : Asset.values()) {
            Address vToken = venus.addresses().vToken(asset);
            calls.add(Call.of(vToken, VToken.EXCHANGE_RATE_CURRENT.encode()));
            functions.add(VToken.EXCHANGE_RATE_CURRENT);
            expected.add(valuation.totals(VenusReader.number(asset)).exchangeRate());
            int i = random.nextInt(owners.size());
            CompoundHolding holding =
                    accounts.get(i).holding(VenusReader.number(asset)).orElseThrow();
            calls.add(Call.of(vToken, VToken.BORROW_BALANCE_CURRENT.encode(owners.get(i))));
            functions.add(VToken.BORROW_BALANCE_CURRENT);
            expected.add(valuation.borrowed(holding).raw());
        }
        List<CallResult> answers = venus.ask(calls);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(LocalVenus.value(functions.get(i), answers.get(i)))
                    .as("%s %s", functions.get(i), valuation.market().reserve(i / 2))
                    .isEqualTo(expected.get(i));
            count(i % 2 == 0 ? "accrued rate" : "accrued debt");
        }
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    private static List<Address> owners() {
        List<Address> owners = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            owners.add(new Address("0x" + String.format("%040x", 0xA11CE0000L + i)));
        }
        return owners;
    }
}
