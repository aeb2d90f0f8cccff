package plimsoll.oracle.publish;

import java.math.BigInteger;
import plimsoll.abi.AbiValues;
import plimsoll.abi.PoolConfigurator;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;

/** What a call of a proposal sets, read back from its bytes. */
sealed interface SetCall {

    Address reserve();

    String words();

    /** Whether the reserve reads as the call sets it. */
    boolean isInForce(ReserveConfiguration found);

    static SetCall of(ContractCall call) {
        String data = call.data();
        if (data.startsWith(PoolConfigurator.SET_SUPPLY_CAP.selector())) {
            AbiValues set = PoolConfigurator.SET_SUPPLY_CAP.decodeCall(data);
            return new SupplyCap(set.address("asset"), set.integer("newSupplyCap"));
        }
        if (data.startsWith(PoolConfigurator.SET_BORROW_CAP.selector())) {
            AbiValues set = PoolConfigurator.SET_BORROW_CAP.decodeCall(data);
            return new BorrowCap(set.address("asset"), set.integer("newBorrowCap"));
        }
        AbiValues set = PoolConfigurator.CONFIGURE_RESERVE_AS_COLLATERAL.decodeCall(data);
        return new Collateral(
                set.address("asset"),
                set.integer("ltv"),
                set.integer("liquidationThreshold"),
                set.integer("liquidationBonus"));
    }

    /** LTV, threshold and bonus in one call; the bonus as the contract stores it, 10 500 for 500 bps. */
    record Collateral(Address reserve, BigInteger ltv, BigInteger threshold, BigInteger storedBonus)
            implements SetCall {

        @Override
        public String words() {
            return "reserve=" + reserve + " ltv=" + ltv + " bps liquidationThreshold=" + threshold
                    + " bps storedLiquidationBonus=" + storedBonus + " bps";
        }

        @Override
        public boolean isInForce(ReserveConfiguration found) {
            return isSame(ltv, found.ltv().raw())
                    && isSame(threshold, found.liquidationThreshold().raw())
                    && isSame(storedBonus, found.liquidationBonus().raw() + 10_000);
        }
    }

    record SupplyCap(Address reserve, BigInteger tokens) implements SetCall {

        @Override
        public String words() {
            return "reserve=" + reserve + " supplyCap=" + tokens + " tokens";
        }

        @Override
        public boolean isInForce(ReserveConfiguration found) {
            return isSame(tokens, found.supplyCapTokens());
        }
    }

    record BorrowCap(Address reserve, BigInteger tokens) implements SetCall {

        @Override
        public String words() {
            return "reserve=" + reserve + " borrowCap=" + tokens + " tokens";
        }

        @Override
        public boolean isInForce(ReserveConfiguration found) {
            return isSame(tokens, found.borrowCapTokens());
        }
    }

    private static boolean isSame(BigInteger wanted, long found) {
        return wanted.equals(BigInteger.valueOf(found));
    }
}
