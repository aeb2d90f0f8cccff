package plimsoll.keeper.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.call.Chain;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.protocol.comet.CometReader;
import plimsoll.keeper.protocol.compound.CompoundReader;
import plimsoll.keeper.protocol.morpho.MorphoReader;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.units.Address;

/** The protocols whose markets can be kept, and how each is found. */
public enum Protocol {
    /** One Pool contract is a market; everything else is found from it. */
    AAVE_V3("aave-v3") {
        @Override
        public ProtocolReader reader(Chain chain, Location at, Heartbeats heartbeats) {
            return AaveReader.of(chain, at.contract, heartbeats);
        }
    },
    /** One comptroller is a market: Venus' core pool of release 10.3. */
    VENUS_CORE("venus-core") {
        @Override
        public ProtocolReader reader(Chain chain, Location at, Heartbeats heartbeats) {
            return CompoundReader.of(chain, at.contract, heartbeats);
        }
    },
    /** One Comet contract is a market; its arithmetic is unproven on chain. */
    COMPOUND_V3("compound-v3") {
        @Override
        public ProtocolReader reader(Chain chain, Location at, Heartbeats heartbeats) {
            return CometReader.of(chain, at.contract, heartbeats);
        }
    },
    /** One contract holds every market; a part is a market's id, or a pre-liquidation contract that names its market. */
    MORPHO_BLUE("morpho-blue") {
        @Override
        public ProtocolReader reader(Chain chain, Location at, Heartbeats heartbeats) {
            return MorphoReader.of(chain, at.contract, at.part, heartbeats);
        }
    };

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    /**
     * Where a market is.
     *
     * @param part which market of a contract that holds several, empty for the others
     */
    public record Location(Address contract, String part) {}

    /** Finds the market on its chain; throws where it is none of this protocol, or of a revision that is not known. */
    public abstract ProtocolReader reader(Chain chain, Location at, Heartbeats heartbeats);

    /** The protocol that the configuration spells so. */
    public static Optional<Protocol> ofWord(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Protocol::word).toList();
    }

    /** As the configuration spells it. */
    public String word() {
        return word;
    }
}
