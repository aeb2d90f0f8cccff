package plimsoll.keeper.relief;

import java.time.Instant;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.Relief;
import plimsoll.units.Address;

/**
 * One action of a mandate, stored before anything of it is sent.
 *
 * @param key what the reasons of its transactions begin with; never used twice
 * @param expires after it nothing of it is begun any more
 */
public record Order(String key, Address account, Mandate.Source source, Relief relief, Instant expires) {

    String pull() {
        return key + "/pull";
    }

    String act() {
        return key + "/act";
    }

    String giveBack() {
        return key + "/return";
    }

    boolean usesWallet() {
        return source == Mandate.Source.WALLET;
    }
}
