package plimsoll.devnet;

import java.time.Instant;
import plimsoll.units.Price;

/** What a feed answered at a time. */
public record PricePoint(Instant time, Price price) {}
