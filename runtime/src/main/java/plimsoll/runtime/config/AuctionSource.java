package plimsoll.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.auction.AuctionBroadcast;
import plimsoll.chain.auction.MevShareAuction;
import plimsoll.chain.auction.OevAuction;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.runtime.cli.CommandFailure;

/**
 * The auction at which places behind oracle updates are sold.
 *
 * @param hintsUrl where offers are heard; may hold credentials and is never shown
 * @param bundlesUrl where bids are sent; likewise
 * @param identity the file with the key under which relays and auctions know us; a new one for this process where there is none
 */
public record AuctionSource(String hintsUrl, String bundlesUrl, Optional<Path> identity) {

    private static final String PREFIX = "plimsoll.chain.auction.";
    private static final int LARGEST_EVENT = 256 << 10;

    /** A bid that takes longer is too late for its block. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(4);

    /** What the keys say; absent where no auction is named. */
    static Optional<AuctionSource> of(ServiceConfig.ChainConfig config) {
        Optional<String> hints = config.auction().hintsUrl();
        Optional<String> bundles = config.auction().bundlesUrl();
        if (hints.isPresent() != bundles.isPresent()) {
            throw CommandFailure.configuration(
                    "An auction is heard at one address and bid at through another: " + PREFIX + "hints-url and "
                            + PREFIX + "bundles-url belong together",
                    PREFIX + (hints.isPresent() ? "bundles-url" : "hints-url"));
        }
        return hints.map(url -> new AuctionSource(
                ChainSettings.requireUrl(url, PREFIX + "hints-url", "http", "https"),
                ChainSettings.requireUrl(bundles.orElseThrow(), PREFIX + "bundles-url", "http", "https"),
                config.relay().reputationKeyFile()));
    }

    /**
     * Nothing is heard before it is listened to.
     *
     * @throws CommandFailure where the identity's key cannot be had
     */
    public OevAuction open(InstantSource clock) {
        return new MevShareAuction(
                RpcSettings.of(hintsUrl).withMaxResponseBytes(LARGEST_EVENT),
                RpcSettings.of(bundlesUrl).withRequestTimeout(ANSWERS_WITHIN),
                RelaySource.openIdentity(identity),
                clock);
    }

    /** The usual way, and the auction for bids. */
    RelaySource.Way over(RelaySource.Way usual, InstantSource clock) {
        OevAuction auction = open(clock);
        List<Runnable> closings = new ArrayList<>(usual.closings());
        closings.add(auction::close);
        return new RelaySource.Way(new AuctionBroadcast(auction, usual.broadcast()), closings);
    }

    @Override
    public String toString() {
        return "AuctionSource[]";
    }
}
