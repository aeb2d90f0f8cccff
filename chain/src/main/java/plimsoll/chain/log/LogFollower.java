package plimsoll.chain.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/**
 * Reads one query's logs along the chain and keeps its consumers at what a fresh reading would give. Old blocks come in
 * pages whose size adapts to what the node can answer, new ones by hash and held against their headers; where a parent's
 * hash does not fit, it goes back to the last block that both histories share, but never below a final one.
 *
 * <p>Consumers at one position share one reading. One that is behind, because it is new or has failed, catches up by itself,
 * a few pages at each call, so that the others do not wait for it.
 *
 * <p>For one thread.
 */
public final class LogFollower {

    private static final int HEADERS_AT_ONCE = 32;
    /** How much a consumer that lags behind the others is read at each call. */
    private static final int STEPS_OF_A_LAGGARD = 4;
    /** How often the chain may change under our hands within one call before we take the node for unsteady. */
    private static final int TURNS = 16;
    /** How many blocks go by before the chain's finality is asked for again, where nothing else is to be done. */
    private static final int FINALITY_STRIDE = 8;
    /** And how many at the most. */
    private static final int LONGEST_FINALITY_STRIDE = 32;

    /**
     * Where a follower stands.
     *
     * @param head the newest block that the node knows
     * @param at the newest block that every consumer has applied; absent before the first
     * @param finalized the height up to which the chain is final, where that is known
     * @param failures what consumers threw, by name; absent are those that work
     */
    public record Progress(
            BlockHeader head,
            Optional<BlockRef> at,
            Optional<BlockNumber> finalized,
            Map<String, RuntimeException> failures) {

        public boolean isCaughtUp() {
            return at.isPresent() && at.get().hash().equals(head.hash());
        }
    }

    private final Chain chain;
    private final FollowerSettings settings;
    private final FollowerEvents events;
    private final List<Track> tracks;
    private final BloomAudit audit;
    private final PageReader pages;

    private final Map<Track, RuntimeException> failures = new LinkedHashMap<>();
    private Optional<BlockNumber> finalized = Optional.empty();
    private long finalityAskedAt = Long.MIN_VALUE;
    private boolean wasBehind = true;
    private int turns;
    private Optional<BlockHash> stray = Optional.empty();
    private int strayed;

    /** With one consumer, whose position is stored under the settings' name; events go to the log. */
    public LogFollower(Chain chain, LogQuery query, FollowerSettings settings, BlockStore store, LogConsumer consumer) {
        this(
                chain,
                query,
                settings,
                new Subscribers(store, Map.of(settings.name(), consumer), new FollowerLog(settings.name())));
    }

    public LogFollower(Chain chain, LogQuery query, FollowerSettings settings, Subscribers subscribers) {
        this.chain = chain;
        this.settings = settings;
        events = subscribers.events();
        tracks = subscribers.consumers().entrySet().stream()
                .map(it -> new Track(it.getKey(), settings, subscribers.store(), it.getValue()))
                .toList();
        audit = new BloomAudit(chain, query, settings.bloom(), events);
        pages = new PageReader(chain, query, settings.paging(), audit, events);
    }

    /** How often a node's logs did not fit their headers. */
    public long suspicions() {
        return audit.suspicions();
    }

    /**
     * Reads all that is new up to the node's head, rewinding first where the chain has changed its mind.
     *
     * <p>What an only consumer throws is thrown here; of several, the others go on, and only where all of them failed is the
     * first one's exception thrown.
     *
     * @throws RpcException where the node failed; what was applied so far stays, and the next call goes on from there
     * @throws FinalityBrokenException where the node's chain lacks a final block that was applied
     */
    public Progress advance() {
        return advance(chain.head());
    }

    /** The same up to a head that the caller has just learnt of. */
    public Progress advance(BlockHeader head) {
        failures.clear();
        turns = 0;
        tracks.forEach(track -> attempt(track, track::open));
        working().stream().filter(track -> !track.leadsTo(head)).forEach(track -> rewindToCommonAncestor(track, head));
        boolean isIdle = working().stream().allMatch(track -> track.isAt(head));
        readAll(head);
        requireHeadOnChain(head);
        learnFinality(head, isIdle);
        if (failures.size() == tracks.size()) {
            throw failures.values().iterator().next();
        }
        Progress progress = progress(head);
        if (wasBehind && progress.isCaughtUp()) {
            wasBehind = false;
            events.caughtUp(head);
        }
        return progress;
    }

    /** The chain may change once while it is read; a head that goes on being another block than its height has is the node's trouble. */
    private void requireHeadOnChain(BlockHeader head) {
        boolean isOther = working().stream()
                .anyMatch(track -> track.next().equals(head.number().next()) && !track.isAt(head));
        strayed = isOther ? (stray.equals(Optional.of(head.hash())) ? strayed + 1 : 1) : 0;
        stray = isOther ? Optional.of(head.hash()) : Optional.empty();
        if (strayed >= TURNS) {
            throw new RpcException(
                    Kind.TRANSIENT,
                    "Node's head is not on its own chain: head=" + head.number() + " " + head.hash() + " node="
                            + chain.rpc().endpoint());
        }
    }

    private Progress progress(BlockHeader head) {
        Track last = tracks.stream().min(Comparator.comparing(Track::next)).orElseThrow();
        Map<String, RuntimeException> byName = new LinkedHashMap<>();
        failures.forEach((track, reason) -> byName.put(track.name(), reason));
        boolean known = tracks.stream().noneMatch(failures::containsKey);
        return new Progress(head, known ? last.at() : Optional.empty(), finalized, byName);
    }

    private List<Track> working() {
        return tracks.stream().filter(track -> !failures.containsKey(track)).toList();
    }

    private void attempt(Track track, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException reason) {
            if (tracks.size() == 1) {
                throw reason;
            }
            failures.put(track, reason);
            events.consumerFailed(track.name(), reason);
        }
    }

    /** The foremost consumers all the way, then the others as far as the foremost stand. */
    private void readAll(BlockHeader head) {
        Map<Optional<BlockRef>, List<Track>> groups = new LinkedHashMap<>();
        working().stream()
                .sorted(Comparator.comparing(Track::next).reversed())
                .forEach(track -> groups.computeIfAbsent(track.at(), _ -> new ArrayList<>())
                        .add(track));
        long limit = head.number().value();
        int steps = Integer.MAX_VALUE;
        for (List<Track> group : groups.values()) {
            read(group, head, limit, steps);
            limit = Math.min(
                    limit,
                    working().stream()
                            .mapToLong(track -> track.next().value() - 1)
                            .max()
                            .orElse(-1));
            steps = STEPS_OF_A_LAGGARD;
        }
    }

    private void read(List<Track> group, BlockHeader head, long limit, int steps) {
        int left = steps;
        while (left > 0) {
            group.removeIf(failures::containsKey);
            if (group.isEmpty() || group.getFirst().next().value() > limit) {
                return;
            }
            long behind = head.number().value() - group.getFirst().next().value() + 1;
            left -= behind > settings.near() ? readPages(group, head, limit, left) : readNear(group, head, limit);
        }
    }

    /** Reads pages until the blocks near the head begin; answers how many. */
    private int readPages(List<Track> group, BlockHeader head, long limit, int most) {
        wasBehind = true;
        int read = 0;
        try (PageReader run = pages.over(
                group.getFirst().next(), Math.min(limit, head.number().value() - settings.near()))) {
            while (run.hasNext() && read < most) {
                Optional<PageReader.Page> page = run.next();
                read++;
                if (page.isEmpty() || !group.getFirst().isFollowedBy(page.get().start())) {
                    turnBack(group, head);
                    return read;
                }
                PageReader.Page found = page.get();
                apply(group, List.of(new BlockLogs(found.start().number(), found.end(), found.logs())));
                events.pageRead(
                        found.start().number(),
                        found.end().number(),
                        found.logs().size());
                group.removeIf(failures::containsKey);
                if (group.isEmpty()) {
                    return read;
                }
            }
        }
        return read;
    }

    private int readNear(List<Track> group, BlockHeader head, long limit) {
        BlockNumber next = group.getFirst().next();
        long last = Math.min(limit, next.value() + HEADERS_AT_ONCE - 1);
        List<BlockHeader> headers =
                next.equals(head.number()) ? List.of(head) : Headers.linked(chain.headers(next, new BlockNumber(last)));
        if (headers.isEmpty() || !group.getFirst().isFollowedBy(headers.getFirst())) {
            turnBack(group, head);
            return headers.isEmpty() ? Integer.MAX_VALUE : 1; // the node no longer knows what it announced
        }
        BloomAudit.Sound sound = audit.read(headers);
        List<BlockLogs> runs = new ArrayList<>();
        for (int i = 0; i < sound.logs().size(); i++) {
            runs.add(new BlockLogs(
                    headers.get(i).number(), headers.get(i), sound.logs().get(i)));
        }
        apply(group, runs);
        sound.doubt().ifPresent(doubt -> {
            throw doubt;
        });
        return 1;
    }

    private void apply(List<Track> group, List<BlockLogs> runs) {
        if (!runs.isEmpty()) {
            group.forEach(track -> attempt(track, () -> track.apply(runs)));
        }
    }

    private void turnBack(List<Track> group, BlockHeader head) {
        if (++turns > TURNS) {
            throw new RpcException(
                    Kind.TRANSIENT,
                    "Node's answers do not settle on one chain: block="
                            + group.getFirst().next() + " node=" + chain.rpc().endpoint());
        }
        group.forEach(track -> rewindToCommonAncestor(track, head));
    }

    private void rewindToCommonAncestor(Track track, BlockHeader head) {
        List<BlockRef> window = track.window();
        List<BlockRef> seen = window.stream()
                .filter(block -> block.number().compareTo(head.number()) <= 0)
                .toList();
        // Two histories agree up to a block and never again, so the last shared one is found by halving.
        int shared = 0;
        int differing = seen.size();
        while (shared < differing) {
            int middle = (shared + differing) >>> 1;
            if (isOnChain(seen.get(middle))) {
                shared = middle + 1;
            } else {
                differing = middle;
            }
        }
        int floor = track.mark().map(block -> window.indexOf(block) + 1).orElse(0);
        boolean nodeIsBehind = shared == seen.size() && shared < window.size();
        if (shared == window.size() || (nodeIsBehind && (shared > 0 || floor > 0))) {
            return;
        }
        if (shared < floor) {
            refuse(track.name(), window.get(floor - 1));
            return;
        }
        BlockRef lost = window.getLast();
        int kept = shared;
        attempt(track, () -> track.rewind(kept));
        events.reorganised(
                track.name(), lost, new BlockNumber(Math.max(0, track.next().value() - 1)), head);
    }

    /** Not even the last final block is on the node's chain, unless the chain is just changing and it now is. */
    private void refuse(String consumer, BlockRef mark) {
        chain.findHeader(BlockAt.number(mark.number()))
                .filter(header -> !header.hash().equals(mark.hash()))
                .ifPresent(header -> {
                    FinalityBrokenException broken = new FinalityBrokenException(
                            consumer,
                            mark,
                            new BlockRef(header.number(), header.hash()),
                            chain.rpc().endpoint());
                    events.finalityBroken(broken);
                    throw broken;
                });
    }

    private boolean isOnChain(BlockRef block) {
        return chain.findHeader(BlockAt.number(block.number()))
                .map(BlockHeader::hash)
                .filter(block.hash()::equals)
                .isPresent();
    }

    /** Asked for last, and rarely behind a new block: whoever waits for its logs does not wait for this. */
    private void learnFinality(BlockHeader head, boolean isIdle) {
        int stride = isIdle ? FINALITY_STRIDE : LONGEST_FINALITY_STRIDE;
        if (head.number().value() < finalityAskedAt + stride && finalityAskedAt != Long.MIN_VALUE) {
            return;
        }
        finalityAskedAt = head.number().value();
        Optional<BlockNumber> told = switch (settings.finality()) {
            case Finality.Never _ -> Optional.empty();
            case Finality.Deep(int blocks) ->
                Optional.of(head.number().value() - blocks)
                        .filter(height -> height >= 0)
                        .map(BlockNumber::new);
            case Finality.Tagged _ -> tagged(head);
        };
        finalized = told.filter(height -> finalized.isEmpty() || height.compareTo(finalized.get()) > 0)
                .or(() -> finalized);
        finalized.ifPresent(height -> working().forEach(track -> attempt(track, () -> track.finalise(height))));
    }

    private Optional<BlockNumber> tagged(BlockHeader head) {
        try {
            return chain.findHeader(BlockTag.FINALIZED)
                    .map(BlockHeader::number)
                    .filter(height -> height.compareTo(head.number()) <= 0);
        } catch (RpcException e) {
            return Optional.empty(); // the chain has no such word, or will say it next time
        }
    }
}
