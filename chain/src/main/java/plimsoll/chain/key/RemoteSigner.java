package plimsoll.chain.key;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.web3j.utils.Numeric;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import tools.jackson.databind.JsonNode;

/**
 * Lets another process sign, over {@code eth_signTransaction}. It is not believed: every field of the bytes that it answers
 * must be what was asked, and the signature must be the configured account's.
 *
 * <p>Source of the exchange: the JSON-RPC reference of web3signer. Its answer is the raw transaction; geth's and Clef's is an
 * object whose {@code raw} is that.
 */
final class RemoteSigner implements Signer {

    private final JsonRpc rpc;
    private final Address address;

    private RemoteSigner(JsonRpc rpc, Address address) {
        this.rpc = rpc;
        this.address = address;
    }

    static Signer open(JsonRpc rpc, Address address) {
        RemoteSigner signer = new RemoteSigner(rpc, address);
        signer.requireAccount();
        return signer;
    }

    private void requireAccount() {
        JsonNode accounts = ask(RpcRequest.of("eth_accounts"));
        if (!accounts.isArray()) {
            throw corrupt("Remote signer's accounts are not a list", "found=" + accounts.getNodeType());
        }
        for (JsonNode account : accounts) {
            if (account.isString() && account.stringValue().equalsIgnoreCase(address.hex())) {
                return;
            }
        }
        throw new KeyException("Remote signer has no such account: " + where() + " accounts=" + accounts.size());
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public SignedTransaction sign(UnsignedTransaction tx) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("from", address.hex());
        asked.put("to", tx.to().hex());
        asked.put("gas", quantity(BigInteger.valueOf(tx.gasLimit().units())));
        asked.put("maxPriorityFeePerGas", quantity(tx.maxPriorityFee().raw()));
        asked.put("maxFeePerGas", quantity(tx.maxFee().raw()));
        asked.put("nonce", quantity(BigInteger.valueOf(tx.nonce().value())));
        asked.put("value", quantity(tx.value().raw()));
        asked.put("data", tx.data());
        asked.put(
                "chainId", quantity(BigInteger.valueOf(tx.chain().value()))); // web3signer has its own and ignores this
        JsonNode answer = ask(RpcRequest.of("eth_signTransaction", asked));
        JsonNode raw = answer.isObject() ? answer.path("raw") : answer;
        if (!raw.isString()) {
            throw corrupt("Remote signer answered no bytes", "found=" + raw.getNodeType());
        }
        return verified(tx, raw.stringValue());
    }

    private SignedTransaction verified(UnsignedTransaction tx, String answered) {
        byte[] digest = Eip1559.digest(tx);
        Eip1559.Signature signature = signatureOf(tx, bytes(tx, answered));
        if (!Secp256k1.isLow(signature.s())) {
            throw corrupt("Remote signer's signature is not the low one of two, which nodes want (EIP-2)", "");
        }
        Address signedBy = Secp256k1.recover(signature, digest)
                .map(Secp256k1::address)
                .orElseThrow(() -> corrupt("Remote signer's signature is none", ""));
        if (!signedBy.equals(address)) {
            throw corrupt("Remote signer signed with another key", "found=" + signedBy + " expected=" + address);
        }
        return Eip1559.signed(tx, signature);
    }

    private byte[] bytes(UnsignedTransaction tx, String answered) {
        // A signature adds at most 67 bytes, and whatever is longer is not what was asked; nothing long is decoded.
        int most = tx.data().length() / 2 + 400;
        boolean isHex = answered.startsWith("0x")
                && answered.length() % 2 == 0
                && answered.length() <= 2 * most
                && answered.chars().skip(2).allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
        if (!isHex) {
            throw corrupt(
                    "Remote signer's bytes are not 0x hex of the right length", "characters=" + answered.length());
        }
        return Numeric.hexStringToByteArray(answered);
    }

    /** The signature behind fields that are, each of them, byte for byte what was asked. */
    private Eip1559.Signature signatureOf(UnsignedTransaction tx, byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != Eip1559.TYPE) {
            String type = bytes.length == 0 ? "none" : (bytes[0] & 0xff) >= 0xc0 ? "legacy" : "" + bytes[0];
            throw corrupt("Remote signer answered another type of transaction", "found=" + type + " expected=2");
        }
        RlpReader reader = new RlpReader(bytes, 1);
        try {
            reader.enterLastList();
            List<byte[]> asked = Eip1559.encodedFields(tx);
            for (int i = 0; i < asked.size(); i++) {
                byte[] found = reader.item();
                if (!Arrays.equals(found, asked.get(i))) {
                    throw corrupt(
                            "Remote signer changed the transaction",
                            "field=" + Eip1559.FIELDS.get(i) + " foundRlp=" + shown(found) + " askedRlp="
                                    + shown(asked.get(i)));
                }
            }
            Eip1559.Signature signature = new Eip1559.Signature(reader.number(), reader.number(), reader.number());
            if (!reader.isAtEnd()) {
                throw new RlpReader.Malformed();
            }
            return signature;
        } catch (RlpReader.Malformed e) {
            throw corrupt("Remote signer's bytes are not a signed transaction", "bytes=" + bytes.length);
        }
    }

    private static String shown(byte[] rlp) {
        String hex = Numeric.toHexString(rlp);
        return hex.length() <= 70 ? hex : hex.substring(0, 70) + "...";
    }

    private JsonNode ask(RpcRequest request) {
        try {
            return rpc.call(request);
        } catch (RpcException e) {
            String because = where() + " method=" + request.method() + " because=" + e.getMessage();
            throw switch (e.kind()) {
                case TRANSIENT ->
                    new KeyException(KeyException.Kind.TRANSIENT, "Remote signer did not answer: " + because);
                case REJECTED -> new KeyException("Remote signer refused: " + because);
                case CORRUPT -> KeyException.corrupt("Remote signer's answer is no JSON-RPC: " + because);
            };
        }
    }

    private KeyException corrupt(String sentence, String facts) {
        return KeyException.corrupt(sentence + ": " + where() + (facts.isEmpty() ? "" : " " + facts));
    }

    private String where() {
        return "signer=" + rpc.endpoint() + " account=" + address;
    }

    private static String quantity(BigInteger value) {
        return "0x" + value.toString(16);
    }

    @Override
    public String toString() {
        return "Signer[" + address + " at " + rpc.endpoint() + "]";
    }
}
