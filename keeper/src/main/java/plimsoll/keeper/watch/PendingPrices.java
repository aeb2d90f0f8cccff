package plimsoll.keeper.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import plimsoll.abi.Transmission;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.PendingTransaction;
import plimsoll.chain.call.PoolNews;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * Answers for a market's feeds that wait in the pool. Only a source with an aggregator behind it is followed: what another kind of
 * source makes of an answer is not known here.
 */
public final class PendingPrices implements AutoCloseable {

    private static final int REMEMBERED = 4_096;

    private final FeedAggregators aggregators;
    private final PoolNews news;
    private final Runnable onNews;
    private final Competitors competitors;
    private final Queue<PendingTransaction> heard = new ConcurrentLinkedQueue<>();
    private final Map<TxHash, Boolean> taken = new LinkedHashMap<>();

    /**
     * @param competitors told of every transaction
     * @param onNews told, on another thread, when there is something to take
     */
    public PendingPrices(Chain chain, Competitors competitors, Runnable onNews) {
        this.competitors = competitors;
        this.aggregators = new FeedAggregators(chain);
        this.onNews = onNews;
        this.news = new PoolNews(chain.rpc(), this::hear);
    }

    /** Hears of transactions over these WebSockets; without one the pool is asked at each {@link #take}. */
    public void listen(List<RpcSettings> webSockets) {
        news.listen(webSockets);
    }

    /**
     * Finds out which aggregators are behind these feeds at a block, where that may have changed.
     *
     * @param feeds by token
     */
    public void follow(Map<Address, Address> feeds, BlockNumber number, BlockAt at) {
        aggregators.follow(feeds, number, at);
    }

    private void hear(PendingTransaction transaction) {
        competitors.hear(transaction);
        boolean isOurs = Transmission.of(transaction.to(), transaction.data())
                .filter(it -> !aggregators.sources(it.aggregator()).isEmpty())
                .isPresent();
        if (isOurs && heard.size() < REMEMBERED) {
            heard.add(transaction);
            onNews.run();
        }
    }

    /** What was not taken before; one transaction for each source. */
    public List<PendingPrice> take() {
        news.poll();
        List<PendingPrice> prices = new ArrayList<>();
        for (PendingTransaction next = heard.poll(); next != null; next = heard.poll()) {
            PendingTransaction transaction = next;
            if (taken.put(transaction.hash(), true) != null) {
                continue;
            }
            if (taken.size() > REMEMBERED) {
                taken.remove(taken.keySet().iterator().next());
            }
            Transmission.of(transaction.to(), transaction.data()).ifPresent(transmission -> {
                Optional<String> bytes = news.bytes(transaction.hash());
                aggregators
                        .sources(transmission.aggregator())
                        .forEach(source ->
                                prices.add(new PendingPrice(source, transmission.answer(), transaction, bytes)));
            });
        }
        return prices;
    }

    @Override
    public void close() {
        news.close();
    }
}
