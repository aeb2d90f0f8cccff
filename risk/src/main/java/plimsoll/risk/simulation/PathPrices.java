package plimsoll.risk.simulation;

import java.util.Arrays;
import plimsoll.risk.path.PathBlock;

/**
 * The prices of one path as liquidations move them.
 *
 * <pre>
 * Q(t+1) = ρ·(Q(t) + sales of step t)            selling pressure in base value, ρ the asset's resilience        (1)
 * P(t)   = R(t)·(1 − κ·a(Q(t)))                  what the protocol reads, R the path without us, κ the feedback   (2)
 * </pre>
 *
 * Source: docs/models/market-simulation.md, equations 4 and 7.
 */
final class PathPrices {

    private final SaleImpact[] impact;
    private final double[] resilience;
    private final double feedback;
    private final int[] assets;
    private final double[] pressure;
    private final double[] undisturbed;
    private final double[] path;
    private final int steps;
    private final double[] read;
    private boolean isPressed;

    /** Only the assets that the book touches are ever looked at. */
    PathPrices(SimulatedMarket market, double feedback, int[] assets, int steps) {
        this.steps = steps;
        this.feedback = feedback;
        this.assets = assets;
        var count = market.assets().size();
        impact = new SaleImpact[count];
        resilience = new double[count];
        for (var a = 0; a < count; a++) {
            impact[a] = market.assets().get(a).impact();
            resilience[a] = market.assets().get(a).resilience();
        }
        pressure = new double[count];
        undisturbed = new double[count];
        path = new double[count * steps];
        read = new double[count];
    }

    /** Begins a path of a block, on which nobody has sold yet. */
    void follow(PathBlock block, int number) {
        for (var asset : assets) {
            for (var step = 0; step < steps; step++) {
                path[asset * steps + step] = block.price(asset, step)[number];
            }
        }
        Arrays.fill(pressure, 0);
        isPressed = false;
    }

    void moveTo(int step) {
        for (var asset : assets) {
            undisturbed[asset] = path[asset * steps + step];
            read[asset] = undisturbed[asset];
        }
        if (isPressed) {
            for (var asset : assets) {
                if (pressure[asset] > 0) {
                    pressure[asset] *= resilience[asset];
                    read[asset] = undisturbed[asset] * (1 - feedback * impact[asset].average(pressure[asset]));
                }
            }
        }
    }

    /** The path's own price in any step. */
    double undisturbed(int asset, int step) {
        return path[asset * steps + step];
    }

    /** What the protocol reads, by asset. */
    double[] read() {
        return read;
    }

    /** What the market pays for this many units now, the pressure of earlier sales included. */
    double proceeds(int asset, double units) {
        var size = units * undisturbed[asset];
        return size - impact[asset].cost(pressure[asset], size);
    }

    /** What a value at the price that the protocol reads is worth at the path's own. */
    double undisturbedValue(int asset, double value) {
        return value / read[asset] * undisturbed[asset];
    }

    void sell(int asset, double units) {
        pressure[asset] += units * undisturbed[asset];
        isPressed = true;
    }

    /** Whether any sale of this path still presses on a price. */
    boolean isPressed() {
        return isPressed;
    }

    /** The largest share by which this asset's price can be read below the path's own from now on, if nobody sells more. */
    double depth(int asset) {
        return pressure[asset] > 0 ? feedback * impact[asset].average(pressure[asset]) : 0;
    }
}
