package plimsoll.keeper.margin;

import java.util.Locale;
import java.util.Optional;
import plimsoll.units.Address;

/**
 * Which positions of an account are meant.
 *
 * @param market one market alone (isolated), in small letters; absent for every market in which the account stands (cross)
 * @param mode only while the account is in this efficiency mode; absent for any
 */
public record Scope(Address account, Optional<String> market, Optional<Integer> mode) {

    public Scope {
        market = market.map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** Every market. */
    public static Scope cross(Address account) {
        return new Scope(account, Optional.empty(), Optional.empty());
    }

    /** One market. */
    public static Scope isolated(Address account, String market) {
        return new Scope(account, Optional.of(market), Optional.empty());
    }

    public boolean covers(String otherMarket, Address otherAccount, int otherMode) {
        return account.equals(otherAccount)
                && market.map(otherMarket.toLowerCase(Locale.ROOT)::equals).orElse(true)
                && mode.map(it -> it == otherMode).orElse(true);
    }
}
