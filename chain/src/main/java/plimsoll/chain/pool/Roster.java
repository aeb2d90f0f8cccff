package plimsoll.chain.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The endpoints of the pool and whom to ask next. */
final class Roster {

    private static final double MOST_CREDIT = 8;

    private final List<Member> members;
    private final Map<Member, Double> credits = new HashMap<>();

    Roster(List<Member> members) {
        this.members = List.copyOf(members);
    }

    List<Member> all() {
        return members;
    }

    /** Those that serve our chain, answer and are believed. */
    List<Member> usable() {
        return members.stream().filter(Roster::isUsable).toList();
    }

    static boolean isUsable(Member member) {
        EndpointState state = member.state();
        return state == EndpointState.ALIVE || state == EndpointState.BEHIND;
    }

    /** Those whose time of distrust is over and who have to show that they tell the truth. */
    List<Member> onProbation() {
        return members.stream()
                .filter(member -> member.health().isOnProbation())
                .toList();
    }

    /**
     * The usable endpoints, best first: alive ones, those that have the block, those with room, then turn by turn
     * according to weight and speed. Operators differ as long as there are others.
     *
     * @param wanted how many will probably be asked
     * @param height the block in question, or -1
     */
    List<Member> ranked(int wanted, long height) {
        List<Member> usable = usable();
        if (usable.size() < 2) {
            return usable;
        }
        List<Member> order;
        synchronized (credits) {
            double pulls = 0;
            for (Member member : usable) {
                pulls += member.pull();
            }
            for (Member member : usable) {
                credits.merge(
                        member,
                        wanted * member.pull() / pulls,
                        (had, more) -> Math.clamp(had + more, -MOST_CREDIT, MOST_CREDIT));
            }
            order = differentOperatorsFirst(usable.stream()
                    .map(member -> Standing.of(member, height, credits.getOrDefault(member, 0.0)))
                    .sorted(Standing.BEST_FIRST)
                    .map(Standing::member)
                    .toList());
            order.stream().limit(wanted).forEach(member -> credits.merge(member, -1.0, Double::sum));
        }
        return order;
    }

    /** What counts in the choice, taken once: it changes while others are asked. */
    private record Standing(Member member, boolean alive, boolean hasBlock, boolean free, double credit) {

        static final Comparator<Standing> BEST_FIRST = Comparator.comparing(Standing::alive)
                .thenComparing(Standing::hasBlock)
                .thenComparing(Standing::free)
                .thenComparingDouble(Standing::credit)
                .reversed();

        static Standing of(Member member, long height, double credit) {
            return new Standing(
                    member,
                    member.state() == EndpointState.ALIVE,
                    member.health().height() >= height,
                    member.isFree(),
                    credit);
        }
    }

    private static List<Member> differentOperatorsFirst(List<Member> order) {
        Set<String> seen = new HashSet<>();
        List<Member> first = new ArrayList<>();
        List<Member> second = new ArrayList<>();
        order.forEach(member -> (seen.add(member.operator()) ? first : second).add(member));
        first.addAll(second);
        return first;
    }

    /** The height that this many independent operators have reached, -1 where there are too few. */
    long heightOf(int operators) {
        Map<String, Long> highest = new HashMap<>();
        usable().forEach(member ->
                highest.merge(member.operator(), member.health().height(), Math::max));
        return highest.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(operators - 1L)
                .findFirst()
                .orElse(-1L);
    }

    /** Each endpoint with its state and the reason, in one line. */
    String words() {
        return members.stream()
                .map(member -> member.name() + "=" + member.health().words())
                .collect(Collectors.joining(" "));
    }
}
