package plimsoll.keeper.relief;

import java.math.BigInteger;
import plimsoll.abi.AavePool;
import plimsoll.keeper.margin.Relief;
import plimsoll.units.Address;

/** Aave v3: {@code supply} and {@code repay} name the account for whom they are. */
public record AaveReliefCalls(Address contract) implements ReliefCalls {

    private static final int NO_REFERRAL = 0;
    private static final BigInteger VARIABLE_RATE = BigInteger.TWO;

    @Override
    public Address spender() {
        return contract;
    }

    @Override
    public String data(Relief relief, Address account) {
        return switch (relief.kind()) {
            case TOP_UP ->
                AavePool.SUPPLY.encode(relief.asset(), relief.amount().raw(), account, NO_REFERRAL);
            case REPAYMENT ->
                AavePool.REPAY.encode(relief.asset(), relief.amount().raw(), VARIABLE_RATE, account);
        };
    }
}
