package plimsoll.protocol.compound;

import java.util.Map;

/**
 * A pool of Venus that accounts may enter instead of the core pool: other risk parameters for the same reserves.
 *
 * @param id 1 and up; 0 is the core pool, whose parameters the reserves carry themselves
 * @param active an inactive pool counts as the core pool
 * @param fallsBackToCore whether reserves that the pool does not list count as in the core pool; else they count nothing
 * @param listed the pool's parameters by reserve id
 */
public record CompoundPool(int id, boolean active, boolean fallsBackToCore, Map<Integer, RiskParameters> listed) {

    public CompoundPool {
        if (id <= 0) {
            throw new IllegalArgumentException("Pool is not one besides the core pool: found=" + id);
        }
        listed = Map.copyOf(listed);
    }

    RiskParameters of(CompoundReserve reserve) {
        RiskParameters own = listed.get(reserve.id());
        if (!active || (own == null && fallsBackToCore)) {
            return reserve.risk();
        }
        return own == null ? RiskParameters.NONE : own;
    }
}
