package plimsoll.chain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.chain.key.KeyException.Kind;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.testing.SimulatedSigner;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

class RemoteSignerTest {

    private static final Signer KEY = Signer.fromPrivateKey("46".repeat(32));
    private static final Signer OTHER = Signer.fromPrivateKey("47".repeat(32));
    private static final UnsignedTransaction TX = KeySamples.plain();

    private final SimulatedSigner remote = new SimulatedSigner(TX.chain(), KEY);

    @Test
    void signsToTheSameBytesAsTheKeyItself() {
        assertThat(open().sign(TX)).isEqualTo(KEY.sign(TX));
        assertThat(open().address()).isEqualTo(KEY.address());
    }

    @Test
    void takesTheAnswerOfSignersThatWrapTheBytes() {
        remote.answering(raw -> Map.of("raw", raw, "tx", Map.of("nonce", "0x7")));

        assertThat(open().sign(TX)).isEqualTo(KEY.sign(TX));
    }

    @Test
    void takesEveryShapeOfTransaction() {
        for (long seed = 0; seed < 200; seed++) {
            UnsignedTransaction tx = KeySamples.any(new Random(seed));

            assertThat(Signer.remote(new SimulatedSigner(tx.chain(), KEY), KEY.address())
                            .sign(tx))
                    .as("seed %d", seed)
                    .isEqualTo(KEY.sign(tx));
        }
    }

    record Lie(String field, UnaryOperator<UnsignedTransaction> change) {
        @Override
        public String toString() {
            return field;
        }
    }

    static Lie[] lies() {
        Address thief = Address.parse("0x00000000000000000000000000000000000000bb");
        return new Lie[] {
            new Lie("chainId", tx -> with(tx, new ChainId(1), tx.nonce(), tx.to(), tx.value(), tx.data())),
            new Lie("nonce", tx -> with(tx, tx.chain(), new Nonce(8), tx.to(), tx.value(), tx.data())),
            new Lie("maxPriorityFeePerGas", tx -> fees(tx, GasPrice.parse("2"), tx.maxFee(), tx.gasLimit())),
            new Lie("maxFeePerGas", tx -> fees(tx, tx.maxPriorityFee(), GasPrice.parse("31"), tx.gasLimit())),
            new Lie("gasLimit", tx -> fees(tx, tx.maxPriorityFee(), tx.maxFee(), new Gas(21_001))),
            new Lie("to", tx -> with(tx, tx.chain(), tx.nonce(), thief, tx.value(), tx.data())),
            new Lie("value", tx -> with(tx, tx.chain(), tx.nonce(), tx.to(), Wei.parse("2"), tx.data())),
            new Lie("data", tx -> with(tx, tx.chain(), tx.nonce(), tx.to(), tx.value(), "0x02")),
        };
    }

    @ParameterizedTest
    @MethodSource("lies")
    void refusesATransactionWithOneFieldChanged(Lie lie) {
        remote.changing(lie.change());

        assertCorrupt("Remote signer changed the transaction: signer=simulated signer account=" + KEY.address()
                + " field=" + lie.field() + " ");
    }

    @Test
    void refusesTheSignatureOfAnotherKey() {
        remote.signingWith(OTHER);

        assertCorrupt("Remote signer signed with another key: signer=simulated signer account=" + KEY.address()
                + " found=" + OTHER.address());
    }

    @Test
    void refusesTheHighOneOfTwoSignatures() {
        remote.answering(raw -> highS(raw));

        assertCorrupt("Remote signer's signature is not the low one of two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0x", "0x2", "zz", "0x02", "0x02c0", "0x03", "0xf86b", "0x02f8", "0x02ff00000000ffffff"})
    void refusesBytesThatAreNoTransaction(String answer) {
        remote.answering(_ -> answer);

        assertCorrupt("Remote signer");
    }

    @Test
    void refusesTruncatedAndExtendedBytes() {
        remote.answering(raw -> raw.substring(0, raw.length() - 2));
        assertCorrupt("Remote signer's bytes are not a signed transaction");

        remote.answering(raw -> raw + "00");
        assertCorrupt("Remote signer's bytes are not a signed transaction");

        remote.answering(raw -> raw + "00".repeat(1_000_000));
        assertCorrupt("Remote signer's bytes are not 0x hex of the right length");

        remote.answering(raw -> 7);
        assertCorrupt("Remote signer answered no bytes");
    }

    @Test
    void neverTakesMutatedBytes() {
        String right = KEY.sign(TX).bytes();
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder mutated = new StringBuilder(right);
            for (int i = 0; i <= random.nextInt(3); i++) {
                mutated.setCharAt(
                        2 + random.nextInt(right.length() - 2), "0123456789abcdef".charAt(random.nextInt(16)));
            }
            if (mutated.toString().equals(right)) {
                continue;
            }
            remote.answering(_ -> mutated.toString());

            assertThatThrownBy(() -> open().sign(TX))
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(
                            KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
        }
    }

    @Test
    void opensOnlyAnAccountThatTheSignerHas() {
        assertThatThrownBy(() -> Signer.remote(remote, OTHER.address()))
                .isInstanceOf(KeyException.class)
                .hasMessage("Remote signer has no such account: signer=simulated signer account=" + OTHER.address()
                        + " accounts=1");
    }

    @Test
    void tellsSilenceFromRefusalAndNonsense() {
        Signer signer = open();

        assertFails(signer, RpcException.Kind.TRANSIENT, Kind.TRANSIENT, "Remote signer did not answer: ");
        assertFails(signer, RpcException.Kind.REJECTED, Kind.REJECTED, "Remote signer refused: ");
        assertFails(signer, RpcException.Kind.CORRUPT, Kind.CORRUPT, "Remote signer's answer is no JSON-RPC: ");
    }

    private void assertFails(Signer signer, RpcException.Kind cause, Kind kind, String words) {
        remote.failing(new RpcException(cause, -32000, "Node refused: policy", Optional.empty()));

        assertThatThrownBy(() -> signer.sign(TX))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage(words + "signer=simulated signer account=" + KEY.address()
                        + " method=eth_signTransaction because=Node refused: policy");
    }

    private void assertCorrupt(String words) {
        assertThatThrownBy(() -> open().sign(TX))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageStartingWith(words);
    }

    private Signer open() {
        return Signer.remote(remote, KEY.address());
    }

    /** The same transaction with n − s and the other parity: as valid a signature, and not the one that nodes take. */
    private static String highS(String raw) {
        String s = raw.substring(raw.length() - 64);
        java.math.BigInteger order = org.web3j.crypto.Sign.CURVE_PARAMS.getN();
        String high = order.subtract(new java.math.BigInteger(s, 16)).toString(16);
        return raw.substring(0, raw.length() - 64) + high;
    }

    private static UnsignedTransaction with(
            UnsignedTransaction tx, ChainId chain, Nonce nonce, Address to, Wei value, String data) {
        return new UnsignedTransaction(chain, nonce, tx.maxPriorityFee(), tx.maxFee(), tx.gasLimit(), to, value, data);
    }

    private static UnsignedTransaction fees(UnsignedTransaction tx, GasPrice tip, GasPrice fee, Gas limit) {
        return new UnsignedTransaction(tx.chain(), tx.nonce(), tip, fee, limit, tx.to(), tx.value(), tx.data());
    }
}
