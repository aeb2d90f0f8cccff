package plimsoll.protocol.morpho;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Slot;
import plimsoll.devnet.morpho.MorphoBlue;
import plimsoll.devnet.morpho.MorphoBlue.Interest;
import plimsoll.devnet.morpho.MorphoMarket;
import plimsoll.protocol.morpho.MorphoLiquidation.Repay;
import plimsoll.protocol.morpho.MorphoLiquidation.Seize;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * The real contract with markets of many thresholds, asked about states that exist only for the length of a call: each call names
 * the storage it wants to find.
 */
final class LocalMorpho implements AutoCloseable {

    private static final List<String> THRESHOLDS =
            List.of("0.385", "0.625", "0.77", "0.86", "0.915", "0.945", "0.965", "0.98");

    private static final Slot POSITIONS = Slot.of(2);
    private static final Slot MARKETS = Slot.of(3);
    private static final Slot RATES = Slot.of(0);
    private static final Slot PRICE = Slot.of(0);
    private static final int UPPER_HALF = 128;

    private static final String PARAMS = "(address,address,address,address,uint256)";
    private static final String MARKET = "(uint128 supplied, uint128 supplyShares, uint128 borrowed, "
            + "uint128 borrowShares, uint128 lastUpdate, uint128 fee)";

    static final ContractFunction OUTCOMES = ContractFunction.of(
            "outcomes((" + PARAMS + " params, address borrower, uint256 seizedAssets, uint256 repaidShares)[] trials)",
            "((uint256 rate, " + MARKET + " market, bool liquidated, bytes reason, uint256 seizedAssets, "
                    + "uint256 repaidAssets, " + MARKET + " marketAfter, "
                    + "(uint256 supplyShares, uint128 borrowShares, uint128 collateral) positionAfter)[] told)");

    private final Devnet devnet;
    private final MorphoBlue morpho;
    private final Address probe;
    private final List<MorphoMarket> markets;

    private LocalMorpho(Devnet devnet, MorphoBlue morpho, Address probe, List<MorphoMarket> markets) {
        this.devnet = devnet;
        this.morpho = morpho;
        this.probe = probe;
        this.markets = markets;
    }

    static LocalMorpho start(long seed) {
        Devnet devnet = Devnet.start(DevnetSettings.ofSeed(seed));
        MorphoBlue morpho = MorphoBlue.deployOn(devnet);
        List<MorphoMarket> markets = new ArrayList<>();
        for (int i = 0; i < THRESHOLDS.size(); i++) {
            Interest interest = i % 4 == 3 ? Interest.ADAPTIVE : Interest.FIXED;
            markets.add(morpho.createMarket(Asset.WETH, Asset.USDC, Wad.parse(THRESHOLDS.get(i)), interest));
        }
        Address probe = morpho.owner()
                .create(
                        "LiquidationProbe",
                        "(address,address,address)",
                        morpho.address(),
                        devnet.addresses().of(Asset.USDC).token(),
                        devnet.addresses().of(Asset.WETH).token());
        return new LocalMorpho(devnet, morpho, probe, markets);
    }

    Devnet devnet() {
        return devnet;
    }

    List<MorphoMarket> markets() {
        return markets;
    }

    /** A call that finds each market in its state, and liquidates in each; one state for each market, in order. */
    RpcRequest call(List<RandomState> states) {
        Map<String, String> stored = new LinkedHashMap<>();
        Map<String, String> rates = new LinkedHashMap<>();
        Map<String, Object> overrides = new LinkedHashMap<>();
        List<Object> trials = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            MorphoMarket market = markets.get(i);
            RandomState state = states.get(i);
            BigInteger id = Slot.parse(market.id()).word();
            store(stored, MARKETS.entry(id), state.totals());
            store(
                    stored,
                    POSITIONS.entry(id).entry(borrower(i)).plus(1),
                    state.position().borrowShares().raw(),
                    state.position().collateral().raw());
            rates.put(RATES.entry(id).hex(), new Slot(state.ratePerSecond().raw()).hex());
            overrides.put(
                    market.oracle().hex(),
                    diff(Map.of(PRICE.hex(), new Slot(state.price().raw()).hex())));
            trials.add(trial(market, borrower(i), state));
        }
        overrides.put(morpho.address().hex(), diff(stored));
        overrides.put(markets.getFirst().irm().hex(), diff(rates));
        Map<String, Object> call = Map.of("to", probe.hex(), "data", OUTCOMES.encode(trials));
        return RpcRequest.of("eth_call", call, "latest", overrides);
    }

    static List<AbiValues> told(String answer) {
        return OUTCOMES.decode(answer).values(0).stream()
                .map(AbiValues.class::cast)
                .toList();
    }

    private static List<Object> trial(MorphoMarket market, Address borrower, RandomState state) {
        return switch (state.request()) {
            case Seize(TokenAmount amount) -> List.of(market.params(), borrower, amount.raw(), BigInteger.ZERO);
            case Repay(Shares shares) -> List.of(market.params(), borrower, BigInteger.ZERO, shares.raw());
        };
    }

    private static void store(Map<String, String> words, Slot at, MorphoTotals totals) {
        store(words, at, totals.supplied().raw(), totals.supplyShares().raw());
        store(words, at.plus(1), totals.borrowed().raw(), totals.borrowShares().raw());
        store(
                words,
                at.plus(2),
                BigInteger.valueOf(totals.lastUpdate().getEpochSecond()),
                totals.fee().raw());
    }

    private static void store(Map<String, String> words, Slot at, BigInteger lower, BigInteger upper) {
        words.put(at.hex(), new Slot(lower.or(upper.shiftLeft(UPPER_HALF))).hex());
    }

    private static Map<String, Object> diff(Map<String, String> words) {
        return Map.of("stateDiff", words);
    }

    private static Address borrower(int market) {
        return new Address("0x" + String.format("%040x", 0xB0B000L + market));
    }

    @Override
    public void close() {
        devnet.close();
    }
}
