package plimsoll.keeper.liquidation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** Says, exactly, what a smaller repayment of an opportunity comes to. */
public interface Amounts {

    /** The same pair of the same account for this amount; empty where the protocol refuses it. */
    Optional<Opportunity> covering(Opportunity pair, TokenAmount repaid);

    /** As the own arithmetic of each account's market has it. */
    static Amounts of(Function<Address, Market> markets, List<AccountHealth> accounts) {
        return new MarketAmounts(markets, accounts);
    }

    /** Where only the whole is on offer. */
    static Amounts wholeOnly() {
        return (pair, repaid) -> Optional.of(pair).filter(it -> it.repaid().equals(repaid));
    }
}
