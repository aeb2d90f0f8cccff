package plimsoll.keeper.liquidation;

import plimsoll.units.Address;

/** A sale of one asset for another; all sales on one route of one block move the same pool. */
public record Route(Address sold, Address bought) {

    public static Route of(Opportunity opportunity) {
        return new Route(opportunity.collateral().asset(), opportunity.debt().asset());
    }
}
