package plimsoll.keeper.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.keeper.protocol.aave.RandomMarket;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;

class PositionBookTest {

    private static final int ACCOUNTS = 500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void suspectsEveryUnhealthyAccount(long seed) {
        var random = new RandomMarket(seed);
        MarketState market = random.state(Set.of());
        var book = new PositionBook();
        book.apply(random.accounts(ACCOUNTS));

        Set<Address> suspects = suspects(book, market);

        List<Address> unhealthy = book.all().stream()
                .filter(position -> market.standing(position).orElseThrow().isLiquidatable())
                .map(AccountPosition::account)
                .toList();
        assertThat(unhealthy).hasSizeGreaterThan(20);
        assertThat(suspects).containsAll(unhealthy);
        // Random positions are seldom within a cent of the line: hardly anybody is suspected wrongly.
        assertThat(suspects).hasSizeLessThan(unhealthy.size() + ACCOUNTS / 100);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void suspectsWhoCannotBeShownToBeHealthyWithoutAPrice(long seed) {
        var random = new RandomMarket(seed);
        MarketState blind = random.state(Set.of(2));
        var book = new PositionBook();
        book.apply(random.accounts(ACCOUNTS));

        Set<Address> suspects = suspects(book, blind);

        for (AccountPosition position : book.all()) {
            AccountHealth health = AccountHealth.of(position, blind);
            boolean owesUnpriced = position.holding(2)
                    .filter(holding -> !holding.borrowed().isZero())
                    .isPresent();
            boolean isUnhealthy =
                    health.standing().map(Standing::isLiquidatable).orElse(false);
            if (owesUnpriced || isUnhealthy) {
                assertThat(suspects).contains(position.account());
            }
        }
    }

    @Test
    void isTheSameWhateverTheOrderOfFacts() {
        var random = new RandomMarket(21);
        List<Fact> facts = random.accounts(50);
        List<Fact> shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, new Random(21));
        var book = new PositionBook();
        var other = new PositionBook();

        book.apply(facts);
        other.apply(shuffled);

        assertThat(new HashSet<>(other.all())).isEqualTo(new HashSet<>(book.all()));
        assertThat(other.size()).isEqualTo(book.size());
    }

    @Test
    void forgetsWhatWasPaidBack() {
        Address alice = RandomMarket.address(9, 1);
        var book = new PositionBook();
        book.apply(List.of(
                new Fact.SupplyIs(alice, 0, StoredAmount.ofRaw(BigInteger.TEN)),
                new Fact.CollateralIs(alice, Set.of(0)),
                new Fact.DebtIs(alice, 1, StoredAmount.ofRaw(BigInteger.ONE))));

        book.apply(
                List.of(new Fact.SupplyIs(alice, 0, StoredAmount.ZERO), new Fact.DebtIs(alice, 1, StoredAmount.ZERO)));

        assertThat(book.all()).isEmpty();
        assertThat(book.size()).isZero();
        assertThat(book.accounts()).containsExactly(alice);
    }

    private static Set<Address> suspects(PositionBook book, MarketState market) {
        Set<Address> suspects = new HashSet<>();
        book.suspects(HealthFactor.ONE, market).forEach(position -> suspects.add(position.account()));
        return suspects;
    }
}
