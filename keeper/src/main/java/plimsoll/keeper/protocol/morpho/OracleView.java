package plimsoll.keeper.protocol.morpho;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plimsoll.abi.AbiValues;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.protocol.morpho.OraclePrice;
import plimsoll.units.Price;

/** Collects what a block says of a market's price: the oracle's answer, and the rounds of the feeds behind it. One use. */
final class OracleView {

    private static final int BASE_DECIMALS = 8;

    private final Asset collateral;
    private final Asset loan;
    private final Heartbeats heartbeats;
    private final Instant now;
    private final List<Optional<AbiValues>> rounds = new ArrayList<>();
    private Optional<OraclePrice> answer = Optional.empty();

    OracleView(Asset collateral, Asset loan, Heartbeats heartbeats, Instant now) {
        this.collateral = collateral;
        this.loan = loan;
        this.heartbeats = heartbeats;
        this.now = now;
    }

    void answered(Optional<AbiValues> price) {
        answer = price.map(values -> OraclePrice.ofRaw(values.integer(0))).filter(found -> !found.isZero());
    }

    void dated(Optional<AbiValues> round) {
        rounds.add(round);
    }

    /**
     * What the market counts with, and what we think of it.
     *
     * @param counted absent where the oracle does not answer, or says zero
     * @param view the price of a whole token of collateral in whole loan tokens
     */
    record Seen(Optional<OraclePrice> counted, PriceView view) {}

    Seen seen() {
        if (answer.isEmpty()) {
            return new Seen(answer, new PriceView.Missing("oracle answers zero or nothing"));
        }
        Optional<Price> price = answer.map(this::perToken);
        List<PriceView> views = rounds.stream()
                .map(round -> heartbeats.view(collateral.address(), price, round, now))
                .toList();
        PriceView worst = views.stream()
                .filter(view -> view.objection().isPresent())
                .findFirst()
                .or(() -> views.stream()
                        .map(PriceView.Fresh.class::cast)
                        .min(Comparator.comparing(PriceView.Fresh::updatedAt))
                        .map(PriceView.class::cast))
                .orElseGet(() -> new PriceView.Undated(price.orElseThrow()));
        return new Seen(answer, worst);
    }

    /** Rounded down: a price that plans count with, while what is legal is decided by the oracle's own. */
    private Price perToken(OraclePrice found) {
        BigInteger whole = found.raw().multiply(BigInteger.TEN.pow(collateral.decimals() + BASE_DECIMALS));
        BigInteger scale = OraclePrice.SCALE.multiply(BigInteger.TEN.pow(loan.decimals()));
        return Price.ofRaw(whole.divide(scale));
    }
}
