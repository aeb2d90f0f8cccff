package plimsoll.devnet;

import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import plimsoll.units.Bps;
import plimsoll.units.Price;

/** The price of one asset as its feed reports it; each change is a round submitted by the feed's oracle. */
public final class AssetPrice {

    private final Asset asset;
    private final Feeds feeds;

    AssetPrice(Asset asset, Feeds feeds) {
        this.asset = asset;
        this.feeds = feeds;
    }

    public Price now() {
        return feeds.latest(asset);
    }

    /** Submits a round with this answer; 0 is an answer, too. */
    public void is(Price price) {
        feeds.submit(Map.of(asset, price));
    }

    public void is(String price) {
        is(Price.parse(price));
    }

    public void fallsBy(Bps share) {
        is(now().times(Bps.ONE_HUNDRED_PERCENT.minus(share), RoundingMode.FLOOR));
    }

    public void risesBy(Bps share) {
        is(now().times(Bps.ONE_HUNDRED_PERCENT.plus(share), RoundingMode.FLOOR));
    }

    /** Plays these prices at their times, see {@link Market#play}. */
    public void history(List<PricePoint> points) {
        feeds.play(new PriceHistory(Map.of(asset, points)));
    }
}
