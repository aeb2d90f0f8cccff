package plimsoll.chain.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockLogQuery;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.call.LogsBloom;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.BlockNumber;

/**
 * Holds answered logs against the filters of their blocks, because a node that lacks some, or hides them, answers a shorter
 * list and no error. A log outside the filter is forged. Where the filter allows wanted logs and none were answered, and in
 * a share of the other blocks, all logs of the block are read: their filter must be the header's bit for bit, their indexes
 * must run without a gap, and the wanted ones among them must be those that were answered.
 *
 * <p>What it cannot find: a node that leaves out the last logs of a block, every one of which has twins with the same address
 * and topics among the others, and does so in both answers. Comparing nodes finds that.
 */
final class BloomAudit {

    private static final int BLOCKS_AT_ONCE = 32;

    /**
     * The wanted logs of consecutive blocks, up to the first that is in doubt.
     *
     * @param doubt why there are fewer than asked for
     */
    record Sound(List<List<EventLog>> logs, Optional<RpcException> doubt) {}

    private final Chain chain;
    private final LogQuery query;
    private final LogsBloom.Probe probe;
    private final BloomCheck check;
    private final FollowerEvents events;
    private final AtomicLong suspicions = new AtomicLong();

    BloomAudit(Chain chain, LogQuery query, BloomCheck check, FollowerEvents events) {
        this.chain = chain;
        this.query = query;
        this.probe = LogsBloom.Probe.of(query);
        this.check = check;
        this.events = events;
    }

    long suspicions() {
        return suspicions.get();
    }

    boolean wantsEveryHeader() {
        return check.reach() == BloomCheck.Reach.ALL;
    }

    /** Reads the wanted logs of these blocks, found by their hashes. A block chosen for the full check costs no further exchange. */
    Sound read(List<BlockHeader> blocks) {
        List<BlockHeader> chosen = blocks.stream()
                .filter(block -> mayHoldWanted(block) && check.chooses(block.hash()))
                .toList();
        List<BlockLogQuery> questions = new ArrayList<>();
        blocks.forEach(block -> questions.add(new BlockLogQuery(block.hash(), query)));
        chosen.forEach(block -> questions.add(new BlockLogQuery(block.hash(), LogQuery.everything())));
        List<List<EventLog>> answers = chain.logs(questions);
        List<List<EventLog>> wanted = answers.subList(0, blocks.size());
        Map<BlockNumber, List<EventLog>> whole = new HashMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            whole.put(chosen.get(i).number(), answers.get(blocks.size() + i));
        }
        List<BlockHeader> silent = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            BlockHeader block = blocks.get(i);
            if (wanted.get(i).isEmpty() && !whole.containsKey(block.number()) && mayHoldWanted(block)) {
                silent.add(block);
            }
        }
        readWhole(silent, whole);
        List<List<EventLog>> sound = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            try {
                require(blocks.get(i), wanted.get(i), whole);
            } catch (RpcException doubt) {
                return new Sound(sound, Optional.of(doubt));
            }
            sound.add(wanted.get(i));
        }
        return new Sound(sound, Optional.empty());
    }

    /** Checks a page's logs against all its headers; throws at the first block in doubt. */
    void requirePage(List<BlockHeader> blocks, List<EventLog> logs) {
        Map<BlockNumber, List<EventLog>> byBlock = new HashMap<>();
        logs.forEach(log -> byBlock.computeIfAbsent(log.blockNumber(), _ -> new ArrayList<>())
                .add(log));
        Map<BlockNumber, List<EventLog>> whole = new HashMap<>();
        readWhole(
                blocks.stream()
                        .filter(block -> mayHoldWanted(block)
                                && (!byBlock.containsKey(block.number()) || check.chooses(block.hash())))
                        .toList(),
                whole);
        blocks.forEach(block -> require(block, byBlock.getOrDefault(block.number(), List.of()), whole));
    }

    private boolean mayHoldWanted(BlockHeader block) {
        return check.reach() != BloomCheck.Reach.NONE
                && block.bloom().filter(probe::mayBeIn).isPresent();
    }

    private void readWhole(List<BlockHeader> blocks, Map<BlockNumber, List<EventLog>> whole) {
        for (int from = 0; from < blocks.size(); from += BLOCKS_AT_ONCE) {
            List<BlockHeader> some = blocks.subList(from, Math.min(blocks.size(), from + BLOCKS_AT_ONCE));
            List<List<EventLog>> answers =
                    chain.logs(some.stream().map(BlockHeader::hash).toList(), LogQuery.everything());
            for (int i = 0; i < some.size(); i++) {
                whole.put(some.get(i).number(), answers.get(i));
            }
        }
    }

    private void require(BlockHeader block, List<EventLog> answered, Map<BlockNumber, List<EventLog>> whole) {
        LogOrder.required(answered);
        for (EventLog log : answered) {
            if (!log.blockNumber().equals(block.number())) {
                throw suspicion(block, Kind.CORRUPT, "a log names another height: found=" + log.blockNumber());
            }
        }
        if (check.reach() == BloomCheck.Reach.NONE) {
            return;
        }
        block.bloom().ifPresent(bloom -> {
            answered.stream().filter(log -> !bloom.mayHold(log)).findFirst().ifPresent(log -> {
                throw suspicion(block, Kind.CORRUPT, "its bloom excludes an answered log: " + facts(log));
            });
            List<EventLog> all = whole.get(block.number());
            if (all != null) {
                requireWhole(block, bloom, answered, LogOrder.required(all));
            }
        });
    }

    private void requireWhole(BlockHeader block, LogsBloom bloom, List<EventLog> answered, List<EventLog> all) {
        LogsBloom rebuilt = LogsBloom.of(all);
        if (!rebuilt.isWithin(bloom)) {
            throw suspicion(block, Kind.CORRUPT, "its bloom excludes one of all its logs: logs=" + all.size());
        }
        if (!rebuilt.equals(bloom)) {
            throw suspicion(
                    block, Kind.TRANSIENT, "node hides or lacks logs that its bloom promises: logs=" + all.size());
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).index() != i) {
                throw suspicion(
                        block,
                        Kind.TRANSIENT,
                        "node hides or lacks a log: index=" + i + " found="
                                + all.get(i).index());
            }
        }
        List<EventLog> wanted = all.stream().filter(query::matches).toList();
        if (!wanted.equals(answered)) {
            throw suspicion(
                    block,
                    Kind.TRANSIENT,
                    "filtered answer is not the wanted part of all its logs: found=" + answered.size() + " expected="
                            + wanted.size());
        }
    }

    private RpcException suspicion(BlockHeader block, Kind kind, String reason) {
        suspicions.incrementAndGet();
        events.suspected(block, reason);
        return new RpcException(
                kind,
                "Logs do not fit their block: block=" + block.number() + " because " + reason + " node="
                        + chain.rpc().endpoint());
    }

    private static String facts(EventLog log) {
        return "index=" + log.index() + " address=" + log.address();
    }
}
