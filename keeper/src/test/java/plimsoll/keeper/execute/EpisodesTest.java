package plimsoll.keeper.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneLog;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

class EpisodesTest {

    private static final String ALICE = "liquidate/alice";
    private static final BlockNumber AT_10 = new BlockNumber(10);
    private static final BlockNumber AT_11 = new BlockNumber(11);

    private final StoringSender sender = new StoringSender();

    @Test
    void neverSendsTwiceWhileTheFirstHasNoOutcome() {
        Episodes episodes = episodes();
        submit(episodes, AT_10);

        submit(episodes, AT_11);

        assertThat(sender.reasons()).containsExactly("liquidate/alice/0");
        assertThat(episodes.pending(ALICE)).hasValue("liquidate/alice/0");
    }

    @Test
    void waitsUntilTheViewIncludesTheBlockThatHoldsIt() {
        Episodes episodes = episodes();
        submit(episodes, AT_10);
        sender.mined("liquidate/alice/0", AT_11, true);

        assertThat(episodes.settle(AT_10)).isEmpty();
        assertThat(episodes.pending(ALICE)).isPresent();
        assertThat(episodes.settle(AT_11))
                .singleElement()
                .satisfies(end -> assertThat(end.succeeded()).isTrue());
        assertThat(episodes.pending(ALICE)).isEmpty();
    }

    @Test
    void beginsANewEpisodeAfterAnOutcome() {
        Episodes episodes = episodes();
        submit(episodes, AT_10);
        sender.mined("liquidate/alice/0", AT_11, false);
        episodes.settle(AT_11);

        submit(episodes, AT_11);

        assertThat(sender.reasons()).containsExactly("liquidate/alice/0", "liquidate/alice/1");
    }

    @Test
    void isLedByTheStoredIntentsAfterARestart() {
        submit(episodes(), AT_10);

        Map<String, Submission> whileOpen = submit(episodes(), AT_10);
        sender.mined("liquidate/alice/0", AT_11, true);
        Map<String, Submission> afterwards = submit(episodes(), AT_11);

        assertThat(whileOpen.get(ALICE)).isInstanceOf(Submission.Known.class);
        assertThat(afterwards.get(ALICE)).isInstanceOf(Submission.Accepted.class);
        assertThat(sender.reasons()).containsExactly("liquidate/alice/0", "liquidate/alice/1");
    }

    private Episodes episodes() {
        return new Episodes(sender, new Outcomes(new LaneLog(), (reason, at) -> {}));
    }

    private static Map<String, Submission> submit(Episodes episodes, BlockNumber view) {
        return episodes.submit(Map.of(ALICE, ALICE), view, (thing, reason) -> intent(reason));
    }

    private static TransactionIntent intent(String reason) {
        return new TransactionIntent(reason, Address.ZERO, "0x", Wei.ZERO, new Gas(1), GasPrice.parse("1"));
    }

    /** Stores what it is given, as a lane does, and lets the test say what became of it. */
    private static final class StoringSender implements TransactionSender {

        private final Map<String, StoredIntent> intents = new HashMap<>();
        private final List<String> accepted = new ArrayList<>();

        List<String> reasons() {
            return accepted;
        }

        void mined(String reason, BlockNumber block, boolean succeeded) {
            var inclusion = new Inclusion(
                    TxHash.parse("0x" + "11".repeat(32)),
                    block,
                    BlockHash.parse("0x" + "22".repeat(32)),
                    succeeded,
                    new Gas(21_000),
                    GasPrice.parse("1"));
            intents.computeIfPresent(reason, (r, intent) -> intent.with(new IntentState.Mined(inclusion)));
        }

        @Override
        public Address address() {
            return Address.ZERO;
        }

        @Override
        public List<Submission> submitAll(List<TransactionIntent> wanted) {
            return wanted.stream().map(this::submitOne).toList();
        }

        private Submission submitOne(TransactionIntent wanted) {
            StoredIntent known = intents.get(wanted.reason());
            if (known != null) {
                return new Submission.Known(known);
            }
            StoredIntent stored = new StoredIntent(
                    intents.size(),
                    new Lane(new ChainId(1), Address.ZERO),
                    new Nonce(intents.size()),
                    wanted,
                    new IntentState.Planned(),
                    List.of(),
                    Instant.EPOCH);
            intents.put(wanted.reason(), stored);
            accepted.add(wanted.reason());
            return new Submission.Accepted(stored);
        }

        @Override
        public Optional<StoredIntent> find(String reason) {
            return Optional.ofNullable(intents.get(reason));
        }

        @Override
        public Optional<StoredIntent> await(String reason, Duration atMost) {
            return find(reason);
        }
    }
}
