package plimsoll.keeper.app;

import java.util.function.Function;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.MarketState;
import plimsoll.units.Address;

/** Is told after each round how a market stands. */
interface RoundListener {

    /**
     * Returns at once; called by the loop.
     *
     * @param market such as {@code 31337/0x…}
     * @param position what an account holds now; may be asked before this returns, and not after
     */
    void seen(String market, MarketState state, Function<Address, AccountPosition> position);
}
