package plimsoll.chain.call;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.web3j.crypto.Hash;
import plimsoll.units.Address;

/**
 * The filter that a block's header carries over its logs: each address and each topic sets three of 2,048 bits. A bit that
 * is not set proves that a log is not there; bits that are set prove nothing, because others may have set them.
 *
 * <p>Source: Ethereum yellow paper, section 4.3.1 (M3:2048): the three lowest 11 bits of the first three pairs of bytes of
 * the keccak-256 hash.
 */
public final class LogsBloom {

    private static final int BYTES = 256;
    private static final int HEX_LENGTH = 2 + 2 * BYTES;

    private final long[] words; // bit b stands in word b / 64

    private LogsBloom(long[] words) {
        this.words = words;
    }

    /** The filter over exactly these logs. */
    public static LogsBloom of(List<EventLog> logs) {
        long[] words = new long[BYTES / Long.BYTES];
        for (EventLog log : logs) {
            Bits.of(log.address().hex()).addTo(words);
            log.topics().forEach(topic -> Bits.of(topic).addTo(words));
        }
        return new LogsBloom(words);
    }

    /** Reads 256 bytes of 0x hex; absent where the text is none, as on chains whose headers carry no filter. */
    public static Optional<LogsBloom> parse(String hex) {
        if (hex.length() != HEX_LENGTH) {
            return Optional.empty();
        }
        long[] words = new long[BYTES / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            // The text begins with the highest bits.
            int from = HEX_LENGTH - 16 * (i + 1);
            words[i] = Long.parseUnsignedLong(hex, from, from + 16, 16);
        }
        return Optional.of(new LogsBloom(words));
    }

    /** Whether nothing speaks against this log being in the block. */
    public boolean mayHold(EventLog log) {
        return holds(Bits.of(log.address().hex())) && log.topics().stream().allMatch(topic -> holds(Bits.of(topic)));
    }

    /** Whether every bit of this filter is set in the other, too. */
    public boolean isWithin(LogsBloom other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & ~other.words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return Arrays.stream(words).allMatch(word -> word == 0);
    }

    /** As a header writes it. */
    public String hex() {
        StringBuilder hex = new StringBuilder("0x");
        for (int i = words.length - 1; i >= 0; i--) {
            String word = Long.toHexString(words[i]);
            hex.append("0".repeat(16 - word.length())).append(word);
        }
        return hex.toString();
    }

    private boolean holds(Bits bits) {
        return isSet(bits.first) && isSet(bits.second) && isSet(bits.third);
    }

    private boolean isSet(int bit) {
        return (words[bit >>> 6] & (1L << bit)) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogsBloom that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return hex();
    }

    /** What a query sets in a filter, hashed once for all the blocks that it is held against. */
    public static final class Probe {

        private final List<Bits> addresses;
        private final List<List<Bits>> topics;

        private Probe(LogQuery query) {
            addresses =
                    query.addresses().stream().map(Address::hex).map(Bits::of).toList();
            topics = query.topics().stream()
                    .map(accepted -> accepted.stream().map(Bits::of).toList())
                    .toList();
        }

        public static Probe of(LogQuery query) {
            return new Probe(query);
        }

        /** Whether a block with this filter may hold a log that the query wants. */
        public boolean mayBeIn(LogsBloom bloom) {
            return !bloom.isEmpty()
                    && isAnyIn(addresses, bloom)
                    && topics.stream().allMatch(accepted -> isAnyIn(accepted, bloom));
        }

        private static boolean isAnyIn(List<Bits> accepted, LogsBloom bloom) {
            return accepted.isEmpty() || accepted.stream().anyMatch(bloom::holds);
        }
    }

    private record Bits(int first, int second, int third) {

        static Bits of(String hex) {
            byte[] hash = Hash.sha3(java.util.HexFormat.of().parseHex(hex, 2, hex.length()));
            return new Bits(bit(hash, 0), bit(hash, 2), bit(hash, 4));
        }

        private static int bit(byte[] hash, int at) {
            return ((hash[at] & 0x07) << 8) | (hash[at + 1] & 0xff);
        }

        void addTo(long[] words) {
            for (int bit : new int[] {first, second, third}) {
                words[bit >>> 6] |= 1L << bit;
            }
        }
    }
}
