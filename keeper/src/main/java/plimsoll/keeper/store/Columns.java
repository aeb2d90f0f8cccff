package plimsoll.keeper.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of a native query, whose numbers come in whatever class the driver likes. */
final class Columns {

    private final @Nullable Object[] row;

    Columns(@Nullable Object[] row) {
        this.row = row;
    }

    Optional<String> text(int column) {
        return Optional.ofNullable(row[column]).map(Object::toString);
    }

    Optional<BigInteger> integer(int column) {
        return Optional.ofNullable(row[column]).map(value -> new BigDecimal(value.toString()).toBigIntegerExact());
    }

    Instant instant(int column) {
        return switch (row[column]) {
            case Instant instant -> instant;
            case OffsetDateTime time -> time.toInstant();
            case null, default -> throw new IllegalStateException("Column is no time: found=" + row[column]);
        };
    }
}
