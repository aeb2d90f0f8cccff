package plimsoll.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import plimsoll.units.Address;

/**
 * The call data was encoded with ethers 6.7.1 ({@code AbiCoder.defaultAbiCoder().encode}, selectors by {@code ethers.id}) from the public
 * signatures of FluxAggregator 0.6, OffchainAggregator 4.0.0, OCR2Aggregator 1.0.0 and AuthorizedForwarder.
 */
class TransmissionTest {

    private static final Address AGGREGATOR = Address.parse("0x37bc7498f4ff12c19678ee8fe19d309b87f6a9e6");
    private static final Address FORWARDER = Address.parse("0x00000000000000000000000000000000000000f0");

    /** submit(7, 125000000000). */
    private static final String SUBMIT = "0x202ee0ed"
            + "0000000000000000000000000000000000000000000000000000000000000007"
            + "0000000000000000000000000000000000000000000000000000001d1a94a200";

    /** Observations -5, 124999000000, 125000000000, 125500000000: of four the third counts. */
    private static final String TRANSMIT_1 = "0xc9807539"
            + "0000000000000000000000000000000000000000000000000000000000000080"
            + "00000000000000000000000000000000000000000000000000000000000001a0"
            + "00000000000000000000000000000000000000000000000000000000000001e0"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000100"
            + "1111111111111111111111111111111111111111111111111111111111111111"
            + "0001020300000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000060"
            + "0000000000000000000000000000000000000000000000000000000000000004"
            + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffb"
            + "0000000000000000000000000000000000000000000000000000001d1a855fc0"
            + "0000000000000000000000000000000000000000000000000000001d1a94a200"
            + "0000000000000000000000000000000000000000000000000000001d38620700"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    /** Observations 99990000, 99995000, 100000000, 100010000, 100020000: of five the third. */
    private static final String TRANSMIT_2 = "0xb1dc65a4"
            + "0101010101010101010101010101010101010101010101010101010101010101"
            + "0202020202020202020202020202020202020202020202020202020202020202"
            + "0303030303030303030303030303030303030303030303030303030303030303"
            + "00000000000000000000000000000000000000000000000000000000000000e0"
            + "0000000000000000000000000000000000000000000000000000000000000240"
            + "0000000000000000000000000000000000000000000000000000000000000280"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000140"
            + "000000000000000000000000000000000000000000000000000000006955b900"
            + "0001020304000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000080"
            + "000000000000000000000000000000000000000000000000002bdc545d6b4b87"
            + "0000000000000000000000000000000000000000000000000000000000000005"
            + "0000000000000000000000000000000000000000000000000000000005f5b9f0"
            + "0000000000000000000000000000000000000000000000000000000005f5cd78"
            + "0000000000000000000000000000000000000000000000000000000005f5e100"
            + "0000000000000000000000000000000000000000000000000000000005f60810"
            + "0000000000000000000000000000000000000000000000000000000005f62f20"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    /** forward(AGGREGATOR, TRANSMIT_2). */
    private static final String FORWARD = "0x6fadcf72"
            + "00000000000000000000000037bc7498f4ff12c19678ee8fe19d309b87f6a9e6"
            + "0000000000000000000000000000000000000000000000000000000000000040"
            + "00000000000000000000000000000000000000000000000000000000000002c4"
            + "b1dc65a401010101010101010101010101010101010101010101010101010101"
            + "0101010102020202020202020202020202020202020202020202020202020202"
            + "0202020203030303030303030303030303030303030303030303030303030303"
            + "0303030300000000000000000000000000000000000000000000000000000000"
            + "000000e000000000000000000000000000000000000000000000000000000000"
            + "0000024000000000000000000000000000000000000000000000000000000000"
            + "0000028000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "0000014000000000000000000000000000000000000000000000000000000000"
            + "6955b90000010203040000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "00000080000000000000000000000000000000000000000000000000002bdc54"
            + "5d6b4b8700000000000000000000000000000000000000000000000000000000"
            + "0000000500000000000000000000000000000000000000000000000000000000"
            + "05f5b9f000000000000000000000000000000000000000000000000000000000"
            + "05f5cd7800000000000000000000000000000000000000000000000000000000"
            + "05f5e10000000000000000000000000000000000000000000000000000000000"
            + "05f6081000000000000000000000000000000000000000000000000000000000"
            + "05f62f2000000000000000000000000000000000000000000000000000000000"
            + "00000001aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaa00000000000000000000000000000000000000000000000000000000"
            + "00000001bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
            + "bbbbbbbb00000000000000000000000000000000000000000000000000000000";

    @Test
    void readsAnOraclesSubmission() {
        assertThat(Transmission.of(AGGREGATOR, SUBMIT)).contains(transmission(125_000_000_000L));
    }

    @Test
    void readsTheMiddleOfWhatOraclesObserved() {
        assertThat(Transmission.of(AGGREGATOR, TRANSMIT_1)).contains(transmission(125_000_000_000L));
        assertThat(Transmission.of(AGGREGATOR, TRANSMIT_2)).contains(transmission(100_000_000L));
    }

    /** The arguments of the two are the same; the selector is the first four bytes of the signature's keccak-256, here by web3j. */
    @Test
    void readsWhatIsTransmittedInPrivate() {
        String selector = Hash.sha3String("transmitSecondary(bytes32[3],bytes,bytes32[],bytes32[],bytes32)")
                .substring(0, 10);

        assertThat(Transmission.of(AGGREGATOR, selector + TRANSMIT_2.substring(10)))
                .contains(transmission(100_000_000L));
    }

    @Test
    void looksThroughAForwarder() {
        assertThat(Transmission.of(FORWARDER, FORWARD)).contains(transmission(100_000_000L));
    }

    @Test
    void readsNothingOutOfAnotherCall() {
        assertThat(Transmission.of(AGGREGATOR, "0x")).isEmpty();
        assertThat(Transmission.of(AGGREGATOR, Aggregator.AGGREGATOR.encode())).isEmpty();
    }

    @Test
    void readsNothingWhereObservationsAreNotInOrder() {
        // The fourth observation, 125500000000 = 0x1d38620700, becomes less than the third.
        String unordered = TRANSMIT_1.replace("1d38620700", "0d38620700");

        assertThat(unordered).isNotEqualTo(TRANSMIT_1);
        assertThat(Transmission.of(AGGREGATOR, unordered)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isNeverThrownOffByMalformedBytes(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        for (String sound : new String[] {SUBMIT, TRANSMIT_1, TRANSMIT_2, FORWARD}) {
            for (int i = 0; i < 500; i++) {
                StringBuilder broken = new StringBuilder(sound);
                for (int change = 0; change <= random.nextInt(4); change++) {
                    broken.setCharAt(
                            10 + random.nextInt(sound.length() - 10), "0123456789abcdef".charAt(random.nextInt(16)));
                }
                broken.setLength(random.nextBoolean() ? broken.length() : random.nextInt(broken.length()));

                Optional<Transmission> read = Transmission.of(AGGREGATOR, broken.toString());

                read.ifPresent(it -> assertThat(it.answer().bitLength()).isLessThan(256));
            }
        }
    }

    private static Transmission transmission(long answer) {
        return new Transmission(AGGREGATOR, BigInteger.valueOf(answer));
    }
}
