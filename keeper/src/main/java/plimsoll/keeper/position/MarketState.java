package plimsoll.keeper.position;

import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** A market at one block, whatever its protocol: everything that does not belong to an account, and what it makes of one. */
public interface MarketState {

    MarketBlock block();

    /** The tokens that can be supplied or borrowed, by ascending number. */
    List<Asset> assets();

    /** What this block says of the price of a reserve's token, in the market's base currency. */
    PriceView price(int reserve);

    /**
     * What one stored unit of each reserve weighs, for the screen.
     *
     * @param modes the efficiency modes in use; a mode's place in this list is its slot in the weights
     */
    Weights weights(List<Integer> modes);

    /** How the protocol counts an account; empty where it has no price itself for something that counts. */
    Optional<Standing> standing(AccountPosition position);

    /** What the account has in a reserve, in tokens and with interest up to this block. */
    TokenAmount supplied(Holding holding);

    /** What the account owes to a reserve, in tokens and with interest up to this block. */
    TokenAmount borrowed(Holding holding);

    /** The reserve's token; throws where the market has no such reserve. */
    default Asset asset(int reserve) {
        return assets().stream()
                .filter(asset -> asset.number() == reserve)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Market has no such reserve: number=" + reserve));
    }

    default Optional<Asset> asset(Address token) {
        return assets().stream().filter(asset -> asset.address().equals(token)).findFirst();
    }
}
