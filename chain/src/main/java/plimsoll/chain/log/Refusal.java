package plimsoll.chain.log;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.BlockNumber;

/** What a node means by not answering a query for logs. */
final class Refusal {

    /** As providers put it: "Try with this block range [0x1, 0x2]." */
    private static final Pattern SUGGESTED =
            Pattern.compile("\\[\\s*(0x[0-9a-fA-F]{1,15})\\s*,\\s*(0x[0-9a-fA-F]{1,15})\\s*]");
    /** Or in the error's data: {"from":"0x1","to":"0x2"}. */
    private static final Pattern SUGGESTED_DATA =
            Pattern.compile("\"from\"\\s*:\\s*\"(0x[0-9a-fA-F]{1,15})\".*\"to\"\\s*:\\s*\"(0x[0-9a-fA-F]{1,15})\"");

    private static final List<String> TIMED_OUT = List.of("timeout", "timed out", "did not answer in time");

    private Refusal() {}

    /** Whether asking for fewer blocks may help: the node says no, or the time ran out, which it does on what is too large. */
    static boolean asksForLess(RpcException refusal) {
        return switch (refusal.kind()) {
            case REJECTED -> true;
            case TRANSIENT -> isTimeout(refusal);
            case CORRUPT -> false;
        };
    }

    static boolean isTimeout(RpcException refusal) {
        String words = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        boolean interrupted = Thread.currentThread().isInterrupted();
        return !interrupted
                && (refusal.getCause() instanceof InterruptedIOException
                        || TIMED_OUT.stream().anyMatch(words::contains));
    }

    /** How many blocks from {@code first} on the node says it would answer; absent where it says nothing of use. */
    static OptionalLong suggested(RpcException refusal, BlockNumber first, BlockNumber last) {
        Matcher words = SUGGESTED.matcher(String.valueOf(refusal.getMessage()));
        Matcher data = SUGGESTED_DATA.matcher(refusal.data().orElse(""));
        Matcher range = words.find() ? words : data.find() ? data : null;
        if (range == null) {
            return OptionalLong.empty();
        }
        long from = Long.decode(range.group(1));
        long to = Long.decode(range.group(2));
        boolean isPartOfOurs = from == first.value() && to >= from && to < last.value();
        return isPartOfOurs ? OptionalLong.of(to - from + 1) : OptionalLong.empty();
    }
}
