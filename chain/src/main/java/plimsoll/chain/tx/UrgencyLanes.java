package plimsoll.chain.tx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * One sender made of several lanes, each with a signer of its own for one or more urgencies, so that what is urgent has no
 * slow nonce before it. An urgency without a lane takes that of the next calmer one, and where none is calmer, the next
 * hastier one.
 *
 * <p>All lanes keep their intents in one store, which is what makes a reason happen once on whichever lane.
 */
public final class UrgencyLanes implements TransactionSender {

    private final Map<Urgency, TransactionSender> lanes = new EnumMap<>(Urgency.class);

    /** @param given at least one; the same sender may stand for several urgencies */
    public UrgencyLanes(Map<Urgency, ? extends TransactionSender> given) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("There is no lane at all");
        }
        for (Urgency urgency : Urgency.values()) {
            lanes.put(urgency, nearest(given, urgency));
        }
    }

    private static TransactionSender nearest(Map<Urgency, ? extends TransactionSender> given, Urgency wanted) {
        List<Urgency> all = Arrays.asList(Urgency.values());
        List<Urgency> calmer = all.subList(0, all.indexOf(wanted) + 1).reversed();
        List<Urgency> hastier = all.subList(all.indexOf(wanted) + 1, all.size());
        List<Urgency> order = new ArrayList<>(calmer);
        order.addAll(hastier);
        return order.stream()
                .filter(given::containsKey)
                .<TransactionSender>map(given::get)
                .findFirst()
                .orElseThrow();
    }

    /** The sender that intents of an urgency go to. */
    public TransactionSender lane(Urgency urgency) {
        TransactionSender lane = lanes.get(urgency);
        if (lane == null) {
            throw new IllegalStateException("Urgency has no lane: urgency=" + urgency);
        }
        return lane;
    }

    /** The account that signs what is of normal urgency; others are told by {@link #lane}. */
    @Override
    public Address address() {
        return lane(Urgency.NORMAL).address();
    }

    @Override
    public List<Submission> submitAll(List<TransactionIntent> intents) {
        Submission[] answers = new Submission[intents.size()];
        for (TransactionSender lane : distinct()) {
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < answers.length; i++) {
                if (lane(intents.get(i).urgency()).equals(lane)) {
                    places.add(i);
                }
            }
            if (places.isEmpty()) {
                continue;
            }
            List<Submission> given =
                    lane.submitAll(places.stream().map(intents::get).toList());
            for (int i = 0; i < given.size(); i++) {
                answers[places.get(i)] = given.get(i);
            }
        }
        return Arrays.asList(answers);
    }

    @Override
    public void expect(BlockNumber head) {
        lane(Urgency.URGENT).expect(head);
    }

    /** The most urgent lane first: it is asked to plan before anybody waits for the others. */
    private Set<TransactionSender> distinct() {
        Set<TransactionSender> distinct = new LinkedHashSet<>();
        List.of(Urgency.URGENT, Urgency.NORMAL, Urgency.SLOW).forEach(urgency -> distinct.add(lane(urgency)));
        return distinct;
    }

    @Override
    public Optional<StoredIntent> find(String reason) {
        return lane(Urgency.NORMAL).find(reason);
    }

    @Override
    public Optional<StoredIntent> await(String reason, Duration atMost) {
        Optional<StoredIntent> found = find(reason);
        Optional<TransactionSender> owner = found.flatMap(intent -> distinct().stream()
                .filter(lane -> lane.address().equals(intent.lane().signer()))
                .findFirst());
        return owner.isPresent() ? owner.get().await(reason, atMost) : found;
    }
}
