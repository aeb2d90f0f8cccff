package plimsoll.keeper.margin;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/**
 * What would restore an account, and what would bring it down, found by search on the market's own exact arithmetic, at its block:
 * interest that accrues until a transaction is mined comes on top.
 *
 * <p>A supply of a tokens is credited as the most stored units that are worth less than a, a repayment of a tokens takes off the most
 * stored units that owe no more than a: what protocols do that round against the account. The amounts are therefore enough, and at
 * most one of the token's smallest units above the least that is.
 */
public final class Remedies {

    /** Beyond it amounts are no longer sensible, and contracts refuse them. */
    private static final int MOST_BITS = 110;

    private static final long MOST_RISE_BPS = 100_000;
    private static final BigInteger ALL_BPS = BigInteger.valueOf(10_000);

    private final MarketState market;
    private final AccountPosition position;

    public Remedies(MarketState market, AccountPosition position) {
        this.market = market;
        this.position = position;
    }

    /** One relief for each collateral and each debt that alone can restore this health, the top-ups first. */
    public List<Relief> restoring(HealthFactor aim) {
        List<Relief> reliefs = new ArrayList<>();
        for (Relief.Kind kind : Relief.Kind.values()) {
            for (Holding holding : position.holdings()) {
                restoring(aim, kind, holding.reserve()).ifPresent(reliefs::add);
            }
        }
        return List.copyOf(reliefs);
    }

    /** The least of this kind in this reserve that restores the health; empty where none does, or none is needed. */
    public Optional<Relief> restoring(HealthFactor aim, Relief.Kind kind, int reserve) {
        Optional<Holding> holding = position.holding(reserve).filter(it -> counts(it, kind));
        if (holding.isEmpty() || reaches(position, aim)) {
            return Optional.empty();
        }
        BigInteger most = switch (kind) {
            case TOP_UP -> BigInteger.TWO.pow(MOST_BITS);
            case REPAYMENT -> holding.get().borrowed().raw();
        };
        return least(most, units -> reaches(with(holding.get(), kind, units), aim))
                .map(units -> relief(kind, holding.get(), tokens(holding.get(), kind, units), aim));
    }

    /** What comes of so much; empty where it does nothing, or where the market has no price. */
    public Optional<Relief> with(Relief.Kind kind, int reserve, TokenAmount amount) {
        return position.holding(reserve)
                .filter(it -> counts(it, kind))
                .filter(it -> after(it, kind, amount).isPresent())
                .map(it -> relief(kind, it, amount, after(it, kind, amount).orElseThrow()));
    }

    /** How far each price must move until the account is liquidatable; empty where it is already, or cannot be told. */
    public List<PriceMove> toLiquidation() {
        List<PriceMove> moves = new ArrayList<>();
        if (!isSafe(position)) {
            return List.of();
        }
        for (Holding holding : position.holdings()) {
            boolean supplies = holding.usedAsCollateral() && !holding.supplied().isZero();
            boolean owes = !holding.borrowed().isZero();
            String symbol = market.asset(holding.reserve()).symbol();
            if (supplies && !owes) {
                safeMove(ALL_BPS.longValueExact(), bps -> scaled(holding, 10_000 - bps))
                        .ifPresent(bps -> moves.add(new PriceMove(symbol, PriceMove.Direction.FALLS, bps)));
            } else if (owes && !supplies) {
                safeMove(MOST_RISE_BPS, bps -> scaled(holding, 10_000 + bps))
                        .ifPresent(bps -> moves.add(new PriceMove(symbol, PriceMove.Direction.RISES, bps)));
            }
        }
        return List.copyOf(moves);
    }

    private static boolean counts(Holding holding, Relief.Kind kind) {
        return switch (kind) {
            case TOP_UP -> holding.usedAsCollateral() && !holding.supplied().isZero();
            case REPAYMENT -> !holding.borrowed().isZero();
        };
    }

    private Relief relief(Relief.Kind kind, Holding holding, TokenAmount amount, HealthFactor otherwise) {
        Asset asset = market.asset(holding.reserve());
        return new Relief(
                kind,
                asset.address(),
                asset.symbol(),
                amount,
                after(holding, kind, amount).orElse(otherwise));
    }

    private Optional<HealthFactor> after(Holding holding, Relief.Kind kind, TokenAmount amount) {
        BigInteger units = storedUnits(holding, kind, amount);
        return units.signum() == 0
                ? Optional.empty()
                : standing(with(holding, kind, units)).flatMap(Standing::healthFactor);
    }

    /** The stored units that so many tokens move. */
    private BigInteger storedUnits(Holding holding, Relief.Kind kind, TokenAmount amount) {
        return switch (kind) {
            case TOP_UP ->
                most(
                        BigInteger.TWO.pow(MOST_BITS),
                        units -> tokens(holding, kind, units).compareTo(amount) <= 0);
            case REPAYMENT ->
                most(
                        holding.borrowed().raw(),
                        units -> tokens(holding, kind, units).compareTo(amount) <= 0);
        };
    }

    /** The tokens that it takes to move so many stored units. */
    private TokenAmount tokens(Holding holding, Relief.Kind kind, BigInteger units) {
        return switch (kind) {
            case TOP_UP -> {
                TokenAmount worth = market.supplied(alone(holding, units, BigInteger.ZERO));
                // The worth is rounded down; what is paid must not be less than the exact worth. Stored units that are
                // tokens are exact.
                boolean isExact = worth.raw().equals(units) && isOneToOne(holding);
                yield isExact || units.signum() == 0
                        ? worth
                        : TokenAmount.ofRaw(worth.raw().add(BigInteger.ONE), worth.decimals());
            }
            case REPAYMENT -> market.borrowed(alone(holding, BigInteger.ZERO, units));
        };
    }

    private boolean isOneToOne(Holding holding) {
        BigInteger many = BigInteger.TWO.pow(MOST_BITS);
        return market.supplied(alone(holding, many, BigInteger.ZERO)).raw().equals(many);
    }

    private static Holding alone(Holding like, BigInteger supplied, BigInteger borrowed) {
        return new Holding(
                like.reserve(),
                new StoredAmount(supplied, like.supplied().storedAt()),
                true,
                new StoredAmount(borrowed, like.borrowed().storedAt()));
    }

    private AccountPosition with(Holding holding, Relief.Kind kind, BigInteger units) {
        return switch (kind) {
            case TOP_UP ->
                replaced(new Holding(
                        holding.reserve(),
                        new StoredAmount(
                                holding.supplied().raw().add(units),
                                holding.supplied().storedAt()),
                        holding.usedAsCollateral(),
                        holding.borrowed()));
            case REPAYMENT ->
                replaced(new Holding(
                        holding.reserve(),
                        holding.supplied(),
                        holding.usedAsCollateral(),
                        new StoredAmount(
                                holding.borrowed().raw().subtract(units),
                                holding.borrowed().storedAt())));
        };
    }

    /** A price that moves weighs as much as an amount that does. */
    private AccountPosition scaled(Holding holding, long bps) {
        return replaced(new Holding(
                holding.reserve(),
                scaled(holding.supplied(), bps),
                holding.usedAsCollateral(),
                scaled(holding.borrowed(), bps)));
    }

    private static StoredAmount scaled(StoredAmount amount, long bps) {
        return new StoredAmount(amount.raw().multiply(BigInteger.valueOf(bps)).divide(ALL_BPS), amount.storedAt());
    }

    private AccountPosition replaced(Holding changed) {
        return new AccountPosition(
                position.account(),
                position.mode(),
                position.holdings().stream()
                        .map(holding -> holding.reserve() == changed.reserve() ? changed : holding)
                        .toList());
    }

    /** The largest move, in basis points, that the account stands; empty where it stands all of them. */
    private Optional<Bps> safeMove(long most, LongFunction<AccountPosition> moved) {
        return least(BigInteger.valueOf(most), bps -> !isSafe(moved.apply(bps.longValueExact())))
                .map(bps -> Bps.ofRaw(bps.longValueExact() - 1));
    }

    private boolean isSafe(AccountPosition at) {
        return standing(at).map(it -> !it.isLiquidatable()).orElse(false);
    }

    private boolean reaches(AccountPosition at, HealthFactor aim) {
        return standing(at)
                .map(it -> it.healthFactor().map(health -> !health.isBelow(aim)).orElse(true))
                .orElse(false);
    }

    /** A position that overflows the contract's integers has no standing. */
    private Optional<Standing> standing(AccountPosition at) {
        try {
            return market.standing(at);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** The least number from 1 to {@code most} for which the rising condition holds. */
    private static Optional<BigInteger> least(BigInteger most, Predicate<BigInteger> holds) {
        BigInteger high = BigInteger.ONE;
        while (high.compareTo(most) < 0 && !holds.test(high)) {
            high = high.shiftLeft(1).min(most);
        }
        if (most.signum() == 0 || !holds.test(high)) {
            return Optional.empty();
        }
        BigInteger low = high.shiftRight(1); // does not hold, or is zero
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Optional.of(high);
    }

    /** The greatest number up to {@code most} for which the falling condition holds; it holds for zero. */
    private static BigInteger most(BigInteger most, Predicate<BigInteger> holds) {
        return least(most, units -> !holds.test(units))
                .map(units -> units.subtract(BigInteger.ONE))
                .orElse(most);
    }
}
