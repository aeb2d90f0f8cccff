package plimsoll.keeper.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import plimsoll.abi.Aggregator;
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

    /** Aggregators are replaced a few times a year; whoever replaces one is noticed within so many blocks. */
    private static final long LOOK_AGAIN_AFTER = 300;

    private static final int REMEMBERED = 4_096;

    private final Chain chain;
    private final PoolNews news;
    private final Runnable onNews;
    private final Competitors competitors;
    private final Queue<PendingTransaction> heard = new ConcurrentLinkedQueue<>();
    private final Map<TxHash, Boolean> taken = new LinkedHashMap<>();
    private volatile Map<Address, List<PriceSource>> byAggregator = Map.of();
    private Map<Address, Address> followed = Map.of();
    private long lookedAt = Long.MIN_VALUE;

    /**
     * @param competitors told of every transaction
     * @param onNews told, on another thread, when there is something to take
     */
    public PendingPrices(Chain chain, Competitors competitors, Runnable onNews) {
        this.competitors = competitors;
        this.chain = chain;
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
        if (feeds.equals(followed) && number.value() - lookedAt < LOOK_AGAIN_AFTER && number.value() >= lookedAt) {
            return;
        }
        Map<Address, List<PriceSource>> found = new HashMap<>();
        var batch = new Batch();
        feeds.forEach((token, feed) -> batch.may(
                feed,
                Aggregator.AGGREGATOR,
                answer -> answer.ifPresent(values -> found.computeIfAbsent(values.address(0), _ -> new ArrayList<>())
                        .add(new PriceSource(token, feed)))));
        batch.run(chain, at);
        byAggregator = Map.copyOf(found);
        followed = Map.copyOf(feeds);
        lookedAt = number.value();
    }

    private void hear(PendingTransaction transaction) {
        competitors.hear(transaction);
        boolean isOurs = Transmission.of(transaction.to(), transaction.data())
                .filter(it -> byAggregator.containsKey(it.aggregator()))
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
                byAggregator
                        .getOrDefault(transmission.aggregator(), List.of())
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
