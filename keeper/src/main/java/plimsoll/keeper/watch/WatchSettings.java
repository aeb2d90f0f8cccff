package plimsoll.keeper.watch;

import java.util.Optional;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.units.BlockNumber;

/**
 * From where a market is watched.
 *
 * @param firstBlock logs are read from here where nothing is known
 * @param known the book that an earlier run left; only what has changed since is read
 */
public record WatchSettings(BlockNumber firstBlock, Optional<BookSnapshot> known) {}
