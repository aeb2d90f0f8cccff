package plimsoll.keeper.watch;

import java.util.Optional;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * Which market is watched, and from where.
 *
 * @param firstBlock logs are read from here where nothing is known
 * @param known the book that an earlier run left; only what has changed since is read
 */
public record WatchSettings(
        Address pool, BlockNumber firstBlock, Optional<BookSnapshot> known, Heartbeats heartbeats) {}
