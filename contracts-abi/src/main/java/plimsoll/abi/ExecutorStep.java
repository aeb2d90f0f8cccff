package plimsoll.abi;

import java.math.BigInteger;
import java.util.List;
import plimsoll.units.Address;

/** One step of an execution by {@link Executor}; amounts are in a token's smallest unit. */
public sealed interface ExecutorStep {

    /** As an amount to sell: all that the execution has brought in. As Aave's debt to cover: all that the pool allows. */
    BigInteger ALL = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    /** Borrows from Aave v3 for the length of the steps; costs its premium. */
    record AaveFlash(Address pool, Address token, BigInteger amount, List<ExecutorStep> steps) implements ExecutorStep {
        public AaveFlash {
            steps = List.copyOf(steps);
        }
    }

    /** Borrows from Morpho for the length of the steps; free. */
    record MorphoFlash(Address morpho, Address token, BigInteger amount, List<ExecutorStep> steps)
            implements ExecutorStep {
        public MorphoFlash {
            steps = List.copyOf(steps);
        }
    }

    /** Borrows from a Uniswap v3 pool, which can then not trade meanwhile; costs the pool's fee. */
    record UniswapV3Flash(Address pool, Address token, BigInteger amount, List<ExecutorStep> steps)
            implements ExecutorStep {
        public UniswapV3Flash {
            steps = List.copyOf(steps);
        }
    }

    /** Buys from a Uniswap v3 pool, runs the steps, and pays with what they brought: costs no more than the sale itself. */
    record UniswapV3FlashSwap(
            Address pool, Address sold, Address bought, BigInteger amountBought, List<ExecutorStep> steps)
            implements ExecutorStep {
        public UniswapV3FlashSwap {
            steps = List.copyOf(steps);
        }
    }

    /** Repays on Aave v3 and takes the underlying collateral. */
    record AaveLiquidation(Address pool, Address collateral, Address debt, Address borrower, BigInteger debtToCover)
            implements ExecutorStep {}

    /** A market of Morpho Blue. */
    record MorphoMarket(Address loanToken, Address collateralToken, Address oracle, Address irm, BigInteger lltv) {}

    /**
     * One of {@code seizedAssets} and {@code repaidShares} is 0.
     *
     * @param steps run when the collateral has come, before the loan token is taken
     */
    record MorphoLiquidation(
            Address morpho,
            MorphoMarket market,
            Address borrower,
            BigInteger seizedAssets,
            BigInteger repaidShares,
            List<ExecutorStep> steps)
            implements ExecutorStep {
        public MorphoLiquidation {
            steps = List.copyOf(steps);
        }
    }

    record MorphoPreLiquidation(
            Address target,
            Address loanToken,
            Address collateralToken,
            Address borrower,
            BigInteger seizedAssets,
            BigInteger repaidShares,
            List<ExecutorStep> steps)
            implements ExecutorStep {
        public MorphoPreLiquidation {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A liquidation of the Compound v2 lineage; it brings the collateral market's tokens, which wait for redemption.
     *
     * @param target the debt's market itself, or Venus's liquidator contract where one is set
     */
    record CompoundLiquidation(
            Address target,
            Address debtMarket,
            Address debt,
            Address collateralMarket,
            Address borrower,
            BigInteger repaid)
            implements ExecutorStep {}

    /** Compound III takes the accounts' collateral; it brings us nothing before a {@link SaleKind#COMET_PURCHASE}. */
    record CometAbsorption(Address comet, List<Address> accounts) implements ExecutorStep {
        public CometAbsorption {
            accounts = List.copyOf(accounts);
        }
    }

    /** Wraps the chain's coin that the steps before have brought in. */
    record Wrapping(Address wrapped) implements ExecutorStep {}

    /** How one token becomes another. */
    enum SaleKind {
        UNISWAP_V3(9),
        UNISWAP_V2(10),
        CURVE(11),
        VAULT_REDEMPTION(12),
        COMPOUND_REDEMPTION(13),
        COMET_PURCHASE(14),
        VENUE(16);

        private final int kind;

        SaleKind(int kind) {
            this.kind = kind;
        }
    }

    /**
     * One token for another.
     *
     * @param amount {@link #ALL}: what the execution has brought in
     * @param extra what the kind needs besides, as 0x hex
     */
    record Sale(
            SaleKind kind,
            Address venue,
            Address sold,
            Address bought,
            BigInteger amount,
            BigInteger minBought,
            String extra)
            implements ExecutorStep {

        public static Sale uniswapV3(Address pool, Address sold, Address bought) {
            return new Sale(SaleKind.UNISWAP_V3, pool, sold, bought, ALL, BigInteger.ZERO, "0x");
        }

        /**
         * On a pair of Uniswap v2 or one of its forks.
         *
         * @param feeBps what the pair keeps of the amount paid: 30 for Uniswap's own
         */
        public static Sale uniswapV2(Address pair, Address sold, Address bought, int feeBps) {
            return new Sale(SaleKind.UNISWAP_V2, pair, sold, bought, ALL, BigInteger.ZERO, Layout.FEE.encode(feeBps));
        }

        /**
         * On a pool with Curve's surface.
         *
         * @param isCrypto whether the pool counts its coins in uint256, as Curve's pools of unlike assets do
         */
        public static Sale curve(Address pool, Address sold, Address bought, CurveCoins coins, boolean isCrypto) {
            return new Sale(
                    SaleKind.CURVE,
                    pool,
                    sold,
                    bought,
                    ALL,
                    BigInteger.ZERO,
                    Layout.CURVE.encode(coins.sold(), coins.bought(), isCrypto));
        }

        /** Shares of an ERC-4626 vault for its asset. */
        public static Sale vault(Address vault, Address asset) {
            return new Sale(SaleKind.VAULT_REDEMPTION, vault, vault, asset, ALL, BigInteger.ZERO, "0x");
        }

        /** Tokens of a market of the Compound v2 lineage for what they stand for. */
        public static Sale compound(Address market, Address underlying) {
            return new Sale(SaleKind.COMPOUND_REDEMPTION, market, market, underlying, ALL, BigInteger.ZERO, "0x");
        }

        /** Collateral that Compound III has absorbed, for this much of its base token. */
        public static Sale comet(Address comet, Address base, Address collateral, BigInteger baseAmount) {
            return new Sale(SaleKind.COMET_PURCHASE, comet, base, collateral, baseAmount, BigInteger.ZERO, "0x");
        }

        /** A contract with the surface of {@code IVenue}. */
        public static Sale venue(Address venue, Address sold, Address bought, String extra) {
            return new Sale(SaleKind.VENUE, venue, sold, bought, ALL, BigInteger.ZERO, extra);
        }

        /** The same sale of exactly this much. */
        public Sale of(BigInteger exactly) {
            return new Sale(kind, venue, sold, bought, exactly, minBought, extra);
        }

        /** The same sale, for no less than this. */
        public Sale forAtLeast(BigInteger least) {
            return new Sale(kind, venue, sold, bought, amount, least, extra);
        }
    }

    /** Places of two tokens in a Curve pool. */
    record CurveCoins(int sold, int bought) {}

    /** A liquidation after whose refusal the rest goes on. */
    record MayFail(ExecutorStep step) implements ExecutorStep {}

    /** The step as a Solidity struct. */
    private static List<Object> struct(int kind, AbiTuple layout, Object... values) {
        // abi.encode of a dynamic struct: an offset to it comes first, which a tuple around it gives.
        return List.of(kind, false, layout.encode(List.of(values)));
    }

    private static List<Object> encoded(List<ExecutorStep> steps) {
        return steps.stream().<Object>map(ExecutorStep::encoded).toList();
    }

    /** As the contract's {@code Step}. */
    default List<Object> encoded() {
        return switch (this) {
            case AaveFlash it -> struct(0, Layout.FLASH, it.pool, it.token, it.amount, encoded(it.steps));
            case MorphoFlash it -> struct(1, Layout.FLASH, it.morpho, it.token, it.amount, encoded(it.steps));
            case UniswapV3Flash it -> struct(2, Layout.FLASH, it.pool, it.token, it.amount, encoded(it.steps));
            case UniswapV3FlashSwap it ->
                struct(3, Layout.FLASH_SWAP, it.pool, it.sold, it.bought, it.amountBought, encoded(it.steps));
            case AaveLiquidation it ->
                struct(4, Layout.AAVE, it.pool, it.collateral, it.debt, it.borrower, it.debtToCover);
            case MorphoLiquidation it ->
                struct(
                        5,
                        Layout.MORPHO,
                        it.morpho,
                        List.of(
                                it.market.loanToken,
                                it.market.collateralToken,
                                it.market.oracle,
                                it.market.irm,
                                it.market.lltv),
                        it.borrower,
                        it.seizedAssets,
                        it.repaidShares,
                        encoded(it.steps));
            case MorphoPreLiquidation it ->
                struct(
                        6,
                        Layout.PRE_LIQUIDATION,
                        it.target,
                        it.loanToken,
                        it.collateralToken,
                        it.borrower,
                        it.seizedAssets,
                        it.repaidShares,
                        encoded(it.steps));
            case CompoundLiquidation it ->
                struct(
                        7,
                        Layout.COMPOUND,
                        it.target,
                        it.debtMarket,
                        it.debt,
                        it.collateralMarket,
                        it.borrower,
                        it.repaid);
            case CometAbsorption it -> struct(8, Layout.COMET, it.comet, it.accounts);
            case Sale it ->
                struct(it.kind.kind, Layout.SALE, it.venue, it.sold, it.bought, it.amount, it.minBought, it.extra);
            case Wrapping it -> List.of(15, false, Layout.ADDRESS.encode(it.wrapped));
            case MayFail(ExecutorStep step) -> {
                List<Object> strict = step.encoded();
                yield List.of(strict.get(0), true, strict.get(2));
            }
        };
    }

    /** How the data of each kind are laid out. */
    final class Layout {

        private static final String STEPS = "(uint8 kind, bool mayFail, bytes data)[] steps";

        static final AbiTuple FLASH =
                AbiTuple.of("((address lender, address token, uint256 amount, " + STEPS + ") loan)");
        static final AbiTuple FLASH_SWAP =
                AbiTuple.of("((address pool, address sold, address bought, uint256 amountBought, " + STEPS + ") swap)");
        static final AbiTuple AAVE = AbiTuple.of(
                "((address pool, address collateral, address debt, address borrower, uint256 debtToCover) it)");
        static final AbiTuple MORPHO = AbiTuple.of("((address morpho, (address loanToken, address collateralToken,"
                + " address oracle, address irm, uint256 lltv) market, address borrower, uint256 seizedAssets,"
                + " uint256 repaidShares, " + STEPS + ") it)");
        static final AbiTuple PRE_LIQUIDATION =
                AbiTuple.of("((address target, address loanToken, address collateralToken, address borrower,"
                        + " uint256 seizedAssets, uint256 repaidShares, " + STEPS + ") it)");
        static final AbiTuple COMPOUND = AbiTuple.of("((address target, address debtMarket, address debt,"
                + " address collateralMarket, address borrower, uint256 repaid) it)");
        static final AbiTuple COMET = AbiTuple.of("((address comet, address[] accounts) it)");
        static final AbiTuple SALE = AbiTuple.of("((address venue, address sold, address bought, uint256 amount,"
                + " uint256 minBought, bytes extra) sale)");
        static final AbiTuple FEE = AbiTuple.of("(uint256)");
        static final AbiTuple CURVE = AbiTuple.of("(uint8,uint8,bool)");
        static final AbiTuple ADDRESS = AbiTuple.of("(address)");

        private Layout() {}
    }
}
