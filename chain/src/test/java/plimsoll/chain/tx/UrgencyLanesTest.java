package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.testing.SilentLaneEvents;

class UrgencyLanesTest {

    private static final Signer HASTY = Signer.fromPrivateKey("47".repeat(32));

    private final LaneRig rig = new LaneRig();
    private final LaneSender normal = rig.open();
    private final LaneSender urgent = LaneSender.open(
                    new Chain(rig.node), HASTY, rig.store, rig.settings, rig.clock, new SilentLaneEvents())
            .orElseThrow();
    private final UrgencyLanes lanes = new UrgencyLanes(Map.of(Urgency.NORMAL, normal, Urgency.URGENT, urgent));

    @Test
    void sendsEachUrgencyOnItsOwnLaneAndAnswersInTheOrderAsked() {
        List<Submission> answers = lanes.submitAll(List.of(
                LaneRig.intent("n", "100"),
                LaneRig.intent("u", "100").withUrgency(Urgency.URGENT),
                LaneRig.intent("s", "100").withUrgency(Urgency.SLOW)));

        assertThat(answers)
                .extracting(answer -> ((Submission.Accepted) answer).intent().reason())
                .containsExactly("n", "u", "s");
        assertThat(answers)
                .extracting(
                        answer -> ((Submission.Accepted) answer).intent().lane().signer())
                .containsExactly(LaneRig.SIGNER.address(), HASTY.address(), LaneRig.SIGNER.address());
        assertThat(lanes.address()).isEqualTo(LaneRig.SIGNER.address());
    }

    @Test
    void knowsAReasonWhicheverLaneHasIt() {
        lanes.submit(LaneRig.intent("same", "100"));

        Submission again = lanes.submit(LaneRig.intent("same", "100").withUrgency(Urgency.URGENT));

        assertThat(again).isInstanceOf(Submission.Known.class);
        assertThat(lanes.await("same", Duration.ZERO)).isPresent();
        assertThat(lanes.await("unheard of", Duration.ZERO)).isEmpty();
    }

    @Test
    void takesTheNearestLaneWhereAnUrgencyHasNone() {
        UrgencyLanes one = new UrgencyLanes(Map.of(Urgency.SLOW, normal));
        UrgencyLanes hastyOnly = new UrgencyLanes(Map.of(Urgency.URGENT, urgent));

        assertThat(one.lane(Urgency.URGENT)).isEqualTo(normal);
        assertThat(hastyOnly.lane(Urgency.SLOW)).isEqualTo(urgent);
        assertThatThrownBy(() -> new UrgencyLanes(Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
