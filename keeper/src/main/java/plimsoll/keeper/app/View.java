package plimsoll.keeper.app;

import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Standing;

/** What readers are shown: a round, and every position at its block. The exact values are computed when somebody asks. */
final class View {

    private final Round round;
    private final List<AccountPosition> accounts;
    private volatile Optional<List<Valued>> valued = Optional.empty();

    View(Round round, List<AccountPosition> accounts) {
        this.round = round;
        this.accounts = List.copyOf(accounts);
    }

    /**
     * One account.
     *
     * @param standing absent where a price is missing
     */
    record Valued(AccountPosition position, Optional<Standing> standing) {}

    Round round() {
        return round;
    }

    /** Every account that holds something. */
    List<Valued> positions() {
        List<Valued> all = valued.orElseGet(() -> {
            return accounts.stream()
                    .map(it -> new Valued(it, round.market().standing(it)))
                    .toList();
        });
        valued = Optional.of(all);
        return all;
    }
}
