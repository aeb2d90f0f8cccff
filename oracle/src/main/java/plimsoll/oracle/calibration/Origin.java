package plimsoll.oracle.calibration;

import java.time.LocalDate;
import java.util.List;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;

/** Where a market's state was read: what anyone needs to read the same again. */
public sealed interface Origin {

    /**
     * One block of a chain.
     *
     * @param configurator the contract that sets parameters of {@code pool}
     */
    record OnChain(
            ChainId chain,
            Address pool,
            Address configurator,
            BlockNumber block,
            BlockHash blockHash,
            ReadingSettings reading)
            implements Origin {}

    /**
     * Files, each known by its name and its bytes.
     *
     * @param market the market's name in its file
     * @param snapshot the day whose configuration was taken
     * @param asOf nothing later than the end of this day was looked at
     * @param files in the order of role and name
     */
    record FromFiles(String market, LocalDate snapshot, LocalDate asOf, List<Input> files) implements Origin {
        public FromFiles {
            files = files.stream().sorted().toList();
        }
    }
}
