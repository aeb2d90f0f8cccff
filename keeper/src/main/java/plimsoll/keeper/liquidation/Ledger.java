package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/** What a block's liquidations share: our funds, the fees that we may spend, and the pools that every sale moves. */
final class Ledger {

    private final Conditions conditions;
    private final Map<Address, TokenAmount> funds;
    private final Map<Route, SaleCurve.Point> sold;
    private Optional<Wei> feesLeft;

    private Ledger(
            Conditions conditions,
            Map<Address, TokenAmount> funds,
            Map<Route, SaleCurve.Point> sold,
            Optional<Wei> feesLeft) {
        this.conditions = conditions;
        this.funds = funds;
        this.sold = sold;
        this.feesLeft = feesLeft;
    }

    static Ledger of(Conditions conditions) {
        return new Ledger(conditions, new HashMap<>(conditions.funds()), new HashMap<>(), conditions.feesLeft());
    }

    /** As it stands, with enough of our own to repay any of these, and for their fees. */
    Ledger withFundsFor(List<Offer> offers) {
        Map<Address, TokenAmount> more = new HashMap<>(funds);
        offers.forEach(
                offer -> more.merge(offer.most().debt().asset(), offer.most().repaid(), TokenAmount::plus));
        return new Ledger(conditions, more, new HashMap<>(sold), Optional.empty());
    }

    /** The amount of this offer that leaves most now; empty where no amount leaves anything before the fee, or none can be paid. */
    Optional<Fill> fill(Offer offer) {
        if (!canPayFeeOf(offer)) {
            return Optional.empty();
        }
        TokenAmount held = held(offer);
        Optional<Fill> ours = amount(offer, held, Funding.INVENTORY);
        Optional<Fill> lent =
                conditions.flashFee().isPresent() && held.compareTo(offer.most().repaid()) < 0
                        ? amount(offer, offer.most().repaid(), Funding.FLASH_LOAN)
                        : Optional.empty();
        boolean isLentBetter = lent.isPresent()
                && (ours.isEmpty() || lent.get().tally().compareTo(ours.get().tally()) >= 0);
        return isLentBetter ? lent : ours;
    }

    /** The whole offer, whether or not it pays; empty where its sale has no price. */
    Optional<Fill> whole(Offer offer) {
        Opportunity most = offer.most();
        boolean isQuoted = before(offer)
                        .sold()
                        .plus(most.received())
                        .compareTo(offer.curve().most())
                <= 0;
        boolean isOurs = held(offer).compareTo(most.repaid()) >= 0;
        return isQuoted
                ? Optional.of(
                        tallied(offer, most.repaid(), most.received(), isOurs ? Funding.INVENTORY : Funding.FLASH_LOAN))
                : Optional.empty();
    }

    /** The same amounts at this place in the block. */
    Fill again(Fill fill, Opportunity exact) {
        Offer offer = new Offer(exact, fill.offer().curve(), fill.offer().gas(), true);
        return tallied(offer, exact.repaid(), exact.received(), fill.funding());
    }

    void take(Fill fill) {
        Offer offer = fill.offer();
        if (!offer.most().needsNoSale()) {
            TokenAmount all = before(offer).sold().plus(fill.received());
            sold.put(offer.route(), new SaleCurve.Point(all, offer.curve().proceeds(all)));
        }
        if (fill.funding() == Funding.INVENTORY) {
            funds.put(offer.most().debt().asset(), held(offer).minus(fill.repaid()));
        }
        feesLeft = feesLeft.map(left -> left.minus(offer.gas().coin()));
    }

    boolean canPayFeeOf(Offer offer) {
        return feesLeft.map(left -> left.compareTo(offer.gas().coin()) >= 0).orElse(true);
    }

    /** Whether the whole offer can be repaid with our own. */
    boolean reachesFor(Offer offer) {
        return held(offer).compareTo(offer.most().repaid()) >= 0;
    }

    TokenAmount held(Offer offer) {
        TokenAmount repaid = offer.most().repaid();
        return funds.getOrDefault(offer.most().debt().asset(), TokenAmount.zero(repaid.decimals()));
    }

    /** What the block's earlier sales on the offer's route have sold, and what that has brought. */
    private SaleCurve.Point before(Offer offer) {
        return sold.getOrDefault(offer.route(), offer.curve().origin());
    }

    private Optional<Fill> amount(Offer offer, TokenAmount limit, Funding funding) {
        Opportunity most = offer.most();
        boolean reaches = limit.compareTo(most.repaid()) >= 0;
        if (offer.isWhole()) {
            return reaches ? whole(offer) : Optional.empty();
        }
        TokenAmount cap = reaches ? most.received() : offer.receivedFor(limit);
        if (cap.isZero()) {
            return Optional.empty();
        }
        TokenAmount cost = withFee(offer.repaidFor(cap, RoundingMode.CEILING), funding);
        TokenAmount received = offer.curve().best(before(offer).sold(), cap, cost);
        TokenAmount repaid = offer.repaidFor(received, RoundingMode.CEILING).min(limit);
        return received.isZero() || repaid.isZero()
                ? Optional.empty()
                : Optional.of(tallied(offer, repaid, received, funding));
    }

    private Fill tallied(Offer offer, TokenAmount repaid, TokenAmount received, Funding funding) {
        SaleCurve.Point before = before(offer);
        TokenAmount proceeds =
                offer.curve().proceeds(before.sold().plus(received)).minus(before.proceeds());
        Tally tally = new Tally(
                offer.valueOf(proceeds, RoundingMode.FLOOR),
                offer.valueOf(withFee(repaid, funding), RoundingMode.CEILING)
                        .plus(offer.gas().base()));
        return new Fill(offer, repaid, received, funding, tally);
    }

    private TokenAmount withFee(TokenAmount repaid, Funding funding) {
        return switch (funding) {
            case INVENTORY -> repaid;
            case FLASH_LOAN -> repaid.plus(repaid.times(conditions.flashFee().orElse(Bps.ZERO), RoundingMode.CEILING));
        };
    }
}
