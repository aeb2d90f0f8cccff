package plimsoll.keeper.app;

import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.units.Address;
import plimsoll.units.ChainId;

/**
 * Which market this is and how it is reached.
 *
 * @param name for people and commands
 * @param part which market of a contract that holds several, empty for the others
 */
record MarketSettings(String name, Protocol protocol, String part, ServiceSettings service) {

    ChainId chain() {
        return service.chain().id();
    }

    /** The market's contract. */
    Address contract() {
        return service.market();
    }

    Protocol.Location location() {
        return new Protocol.Location(contract(), part);
    }

    MarketId id() {
        return new MarketId(chain(), contract(), part);
    }
}
