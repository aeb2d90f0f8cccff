package plimsoll.abi;

import java.util.ArrayList;
import java.util.List;
import plimsoll.abi.AbiType.TupleType;
import plimsoll.abi.AbiType.Word;

/** One event of a contract: the topic that names it, and how its logs read. */
public final class ContractEvent {

    private final String signature;
    private final String topic;
    private final TupleType parameters;
    private final List<Boolean> indexed;
    private final TupleType data;
    private final int topics;

    private ContractEvent(String signature, SignatureParser.Signature parsed) {
        this.signature = signature;
        this.topic = HexBytes.text(HexBytes.keccak(signature));
        this.parameters = parsed.inputs();
        this.indexed = parsed.indexed();
        List<AbiType> inData = new ArrayList<>();
        for (int i = 0; i < indexed.size(); i++) {
            if (!indexed.get(i)) {
                inData.add(parameters.elements().get(i));
            }
        }
        this.data = new TupleType(inData, List.of());
        this.topics = 1 + indexed.size() - inData.size();
        if (topics > 4) {
            throw new IllegalArgumentException("Event indexes more than three values: event=" + signature);
        }
    }

    /** An event by its declaration, for example {@code Transfer(address indexed from, address indexed to, uint256 value)}. */
    public static ContractEvent of(String declaration) {
        SignatureParser.Signature parsed = SignatureParser.signature(declaration);
        return new ContractEvent(parsed.name() + parsed.inputs().canonical(), parsed);
    }

    /** The canonical signature, for example {@code Transfer(address,address,uint256)}. */
    public String signature() {
        return signature;
    }

    /** Which parameters are indexed, in order. */
    public List<Boolean> indexed() {
        return indexed;
    }

    /** The first topic of every log of this event: keccak-256 of the signature, as 0x hex. */
    public String topic() {
        return topic;
    }

    /** The topic that a log has where the indexed parameter of this name holds this value; for filters. */
    public String topicOf(String parameter, Object value) {
        int index = parameters.names().indexOf(parameter);
        if (index < 0 || !indexed.get(index) || !(parameters.elements().get(index) instanceof Word type)) {
            throw new IllegalArgumentException(
                    "Event has no such indexed parameter of one word: found=" + parameter + " event=" + signature);
        }
        return HexBytes.text(AbiEncoder.encode(type, value));
    }

    /**
     * The values of a log in the order of the declaration. An indexed value of more than a word is only known by its hash,
     * and given as that. Throws {@link IllegalArgumentException} where the log is another event's or malformed.
     */
    public AbiValues decode(List<String> logTopics, String logData) {
        try {
            if (logTopics.size() != topics || !logTopics.getFirst().equalsIgnoreCase(topic)) {
                throw new IllegalArgumentException("Log is of another event: topics=" + logTopics);
            }
            return values(logTopics, AbiDecoder.decode(data, HexBytes.bytes(logData)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " event=" + signature, e);
        }
    }

    private AbiValues values(List<String> logTopics, AbiValues inData) {
        List<Object> values = new ArrayList<>();
        int nextTopic = 1;
        int nextInData = 0;
        for (int i = 0; i < indexed.size(); i++) {
            values.add(
                    indexed.get(i)
                            ? ofTopic(parameters.elements().get(i), logTopics.get(nextTopic++))
                            : inData.get(nextInData++));
        }
        return new AbiValues(values, parameters.names());
    }

    private static Object ofTopic(AbiType type, String logTopic) {
        AbiType stored = type instanceof Word ? type : new AbiType.FixedBytesType(AbiType.WORD);
        return AbiDecoder.decode(new TupleType(List.of(stored), List.of()), HexBytes.bytes(logTopic))
                .get(0);
    }

    @Override
    public String toString() {
        return signature;
    }
}
