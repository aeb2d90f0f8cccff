package plimsoll.chain.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The votes on one question. */
final class Ballot {

    /** Those who say the same. */
    record Group(Vote claim, List<Member> members) {

        int voices() {
            return independent(members);
        }
    }

    private final Question question;
    private final Map<Member, Vote> votes = new LinkedHashMap<>();
    private Optional<List<Group>> counted = Optional.empty();

    Ballot(Question question) {
        this.question = question;
    }

    Question question() {
        return question;
    }

    void cast(Member member, Vote vote) {
        votes.put(member, vote);
        counted = Optional.empty();
    }

    Map<Member, Vote> votes() {
        return votes;
    }

    boolean hasAsked(Member member) {
        return votes.containsKey(member);
    }

    /** The different claims, that of most voices first. */
    List<Group> groups() {
        List<Group> groups = counted.orElseGet(this::count);
        counted = Optional.of(groups);
        return groups;
    }

    private List<Group> count() {
        List<Group> groups = new ArrayList<>();
        votes.forEach((member, vote) -> {
            if (vote.isClaim()) {
                Optional<Group> same = groups.stream()
                        .filter(group -> group.claim().agreesWith(vote))
                        .findFirst();
                if (same.isPresent()) {
                    same.get().members().add(member);
                } else {
                    groups.add(new Group(vote, new ArrayList<>(List.of(member))));
                }
            }
        });
        groups.sort(Comparator.comparingInt(Group::voices).reversed());
        return groups;
    }

    boolean isContested() {
        return groups().size() > 1;
    }

    /** The claim of at least {@code quorum} voices that nobody contests. */
    Optional<Vote> agreed(int quorum) {
        List<Group> groups = groups();
        return groups.size() == 1 && groups.getFirst().voices() >= quorum
                ? Optional.of(groups.getFirst().claim())
                : Optional.empty();
    }

    /** The claim of at least {@code quorum} voices and of more than any other. */
    Optional<Group> majority(int quorum) {
        List<Group> groups = groups();
        boolean leads = !groups.isEmpty()
                && groups.getFirst().voices() >= quorum
                && (groups.size() == 1
                        || groups.getFirst().voices() > groups.get(1).voices());
        return leads ? Optional.of(groups.getFirst()) : Optional.empty();
    }

    /** How many more voices are missing if all say the same. */
    int missing(int quorum) {
        List<Group> groups = groups();
        return quorum - (groups.isEmpty() ? 0 : groups.getFirst().voices());
    }

    /** Who said what, in one line. */
    String words() {
        StringBuilder words = new StringBuilder();
        votes.forEach((member, vote) -> words.append(words.isEmpty() ? "" : "; ")
                .append(member.name())
                .append(": ")
                .append(vote.brief()));
        return words.toString();
    }

    static int independent(Collection<Member> members) {
        Set<String> operators = new HashSet<>();
        members.forEach(member -> operators.add(member.operator()));
        return operators.size();
    }
}
