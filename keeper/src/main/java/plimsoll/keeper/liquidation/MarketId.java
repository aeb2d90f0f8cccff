package plimsoll.keeper.liquidation;

import plimsoll.units.Address;
import plimsoll.units.ChainId;

/**
 * Which market, among all chains and protocols.
 *
 * @param part which market of a contract that holds several, empty for the others
 */
public record MarketId(ChainId chain, Address contract, String part) {

    /** A contract that is one market. */
    public static MarketId of(ChainId chain, Address contract) {
        return new MarketId(chain, contract, "");
    }

    /** What the reasons of all its liquidations begin with; the account and the episode follow. */
    public String reasonPrefix() {
        return "liquidate/" + key() + "/";
    }

    /** One text for it, the same for every process. */
    public String key() {
        return chain + "/" + contract.hex() + (part.isEmpty() ? "" : "/" + part);
    }

    @Override
    public String toString() {
        return part.isEmpty() ? contract.toString() : contract + "/" + part;
    }
}
