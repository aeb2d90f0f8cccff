package plimsoll.keeper.margin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.MarketState;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/**
 * What a mandate allows for one position at one block. Every limit must hold: expiry, no action under way, cool-down, fresh prices, and
 * for the amount the limit of one action, of a day, what is held and what is approved. Where these leave less than would restore the
 * aim, the lesser amount is used only if it brings the position back to where the mandate begins: money that cannot help is kept.
 */
public final class MandateRule {

    private final Mandate mandate;
    private final MarketState market;
    private final AccountHealth account;

    public MandateRule(Mandate mandate, MarketState market, AccountHealth account) {
        this.mandate = mandate;
        this.market = market;
        this.account = account;
    }

    /** Whether there is anything to decide: a debt, and a health below the mandate's, or one that nobody knows. */
    public boolean isDue() {
        return account.standing()
                .map(it -> it.healthFactor()
                        .map(health -> health.isBelow(mandate.actBelow()))
                        .orElse(false))
                .orElse(true);
    }

    /** The mandate's assets in this market. */
    public List<Asset> assets() {
        List<Asset> assets = new ArrayList<>();
        mandate.allowed().forEach(allowed -> market.asset(allowed.asset()).ifPresent(assets::add));
        return assets;
    }

    /**
     * What is to be done.
     *
     * @param funds by asset; one that is missing counts as none
     */
    public Verdict decide(Past past, Map<Address, Funds> funds, boolean keeperIsLive, Instant now) {
        if (!now.isBefore(mandate.expires())) {
            return new Verdict.Expired(mandate.expires());
        }
        if (past.open().isPresent()) {
            return new Verdict.Pending(past.open().get());
        }
        Optional<Instant> rested = past.lastAction().map(at -> at.plus(mandate.coolDown()));
        if (rested.isPresent() && now.isBefore(rested.get())) {
            return new Verdict.CoolingDown(rested.get());
        }
        if (account.standing().isEmpty() || !account.objections().isEmpty()) {
            return new Verdict.Blind(account.objections().stream()
                    .findFirst()
                    .map(objection -> Plain.word(objection.asset().symbol()) + ": " + objection.why())
                    .orElse("market has no price"));
        }
        Optional<Relief> relief = chosen(past, funds);
        if (relief.isEmpty()) {
            return obstacle(past, funds);
        }
        return mandate.live() && keeperIsLive ? new Verdict.Act(relief.get()) : new Verdict.WouldAct(relief.get());
    }

    private Optional<Relief> chosen(Past past, Map<Address, Funds> funds) {
        Remedies remedies = new Remedies(market, account.position());
        Optional<Relief> second = Optional.empty();
        for (Mandate.Allowed allowed : mandate.allowed()) {
            Optional<Asset> asset = market.asset(allowed.asset());
            Optional<Relief> needed =
                    asset.flatMap(it -> remedies.restoring(mandate.aim(), mandate.kind(), it.number()));
            Optional<TokenAmount> usable =
                    asset.map(it -> usable(allowed, it, past, funds).amount());
            if (needed.isPresent() && needed.get().amount().compareTo(usable.orElseThrow()) <= 0) {
                return needed;
            }
            if (asset.isPresent() && second.isEmpty()) {
                second = remedies.with(mandate.kind(), asset.get().number(), usable.orElseThrow())
                        .filter(relief -> !relief.after().isBelow(mandate.actBelow()));
            }
        }
        return second;
    }

    private Verdict obstacle(Past past, Map<Address, Funds> funds) {
        Remedies remedies = new Remedies(market, account.position());
        for (Mandate.Allowed allowed : mandate.allowed()) {
            Optional<Asset> asset = market.asset(allowed.asset());
            Optional<Relief> needed =
                    asset.flatMap(it -> remedies.restoring(mandate.aim(), mandate.kind(), it.number()));
            if (needed.isPresent()) {
                Usable usable = usable(allowed, asset.orElseThrow(), past, funds);
                return new Verdict.TooLittle(needed.get(), usable.amount, usable.limit);
            }
        }
        return new Verdict.NoRelief(
                switch (mandate.kind()) {
                    case TOP_UP -> "none of the allowed assets is collateral that could restore " + mandate.aim();
                    case REPAYMENT ->
                        "none of the allowed assets is owed so that its repayment could restore " + mandate.aim();
                });
    }

    private record Usable(TokenAmount amount, String limit) {

        Usable atMost(TokenAmount other, String name) {
            return other.compareTo(amount) < 0 ? new Usable(other, name) : this;
        }
    }

    private static Usable usable(Mandate.Allowed allowed, Asset asset, Past past, Map<Address, Funds> funds) {
        int decimals = asset.decimals();
        TokenAmount left = allowed.perDay(decimals).minusOrZero(past.used(asset.address(), decimals));
        TokenAmount none = TokenAmount.zero(decimals);
        Optional<Funds> held = Optional.ofNullable(funds.get(asset.address()));
        return new Usable(allowed.perAction(decimals), "per-action")
                .atMost(left, "per-day")
                .atMost(held.map(Funds::balance).orElse(none), "balance")
                .atMost(held.map(Funds::allowance).orElse(none), "allowance");
    }
}
