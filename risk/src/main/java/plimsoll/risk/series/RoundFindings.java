package plimsoll.risk.series;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import plimsoll.risk.series.SeriesFinding.Kind;

/** What is wrong with a feed's rounds. */
final class RoundFindings {

    /** A market does not answer the same eight digits three times in a row; an aggregator at its bound does. */
    private static final int SUSPICIOUS_REPEATS = 3;

    private final RoundSeries series;
    private final FeedTerms terms;
    private final List<SeriesFinding> found = new ArrayList<>();

    private RoundFindings(RoundSeries series, FeedTerms terms) {
        this.series = series;
        this.terms = terms;
    }

    static List<SeriesFinding> of(RoundSeries series, FeedTerms terms) {
        var findings = new RoundFindings(series, terms);
        findings.judgeReports();
        findings.judgeNeighbours();
        findings.judgeAnswers();
        findings.found.sort(Comparator.comparing(SeriesFinding::from).thenComparing(SeriesFinding::kind));
        return List.copyOf(findings.found);
    }

    private void judgeReports() {
        var seen = new HashMap<BigInteger, Round>();
        var highest = Optional.<Round>empty();
        for (var round : series.rounds()) {
            var before = Optional.ofNullable(seen.put(round.roundId(), round));
            if (before.isPresent()) {
                at(
                        Kind.DUPLICATE_ROUND,
                        round,
                        before.get().equals(round)
                                ? "round is reported twice: round=" + round.roundId()
                                : "round is reported twice with different answers: round=%s answers=%s, %s"
                                        .formatted(round.roundId(), before.get().answer(), round.answer()));
            } else if (highest.filter(high -> high.roundId().compareTo(round.roundId()) > 0)
                    .isPresent()) {
                at(
                        Kind.REVERTED_ROUND,
                        round,
                        "round is reported after a later one: round=%s after=%s"
                                .formatted(round.roundId(), highest.get().roundId()));
            }
            if (highest.isEmpty() || highest.get().roundId().compareTo(round.roundId()) < 0) {
                highest = Optional.of(round);
            }
        }
    }

    private void judgeNeighbours() {
        var rounds = series.byNumber();
        for (var i = 1; i < rounds.size(); i++) {
            var before = rounds.get(i - 1);
            var after = rounds.get(i);
            if (after.updatedAt().isBefore(before.updatedAt())) {
                at(
                        Kind.REVERTED_ROUND,
                        after,
                        "round's time lies before its predecessor's: round=%s time=%s before=%s"
                                .formatted(after.roundId(), after.updatedAt(), before.updatedAt()));
                continue;
            }
            judgeNumbers(before, after);
            var silence = Duration.between(before.updatedAt(), after.updatedAt());
            if (silence.compareTo(terms.longestSilence()) > 0) {
                between(
                        Kind.SILENCE,
                        before,
                        after,
                        "feed was silent: found=%s heartbeat=%s".formatted(silence, terms.heartbeat()));
            }
        }
    }

    private void judgeNumbers(Round before, Round after) {
        if (!before.phase().equals(after.phase())) {
            between(
                    Kind.PHASE_CHANGE,
                    before,
                    after,
                    "another aggregator: phase=%s before=%s answer=%s before=%s"
                            .formatted(after.phase(), before.phase(), after.answer(), before.answer()));
            return;
        }
        var missing = after.roundId().subtract(before.roundId()).subtract(BigInteger.ONE);
        if (missing.signum() > 0) {
            between(
                    Kind.MISSING_ROUNDS,
                    before,
                    after,
                    "rounds are missing: count=%s after=%s".formatted(missing, before.roundId()));
        }
    }

    private void judgeAnswers() {
        var rounds = series.byNumber();
        for (var round : rounds) {
            if (!round.isPositive()) {
                at(Kind.BAD_ANSWER, round, "answer is not positive: answer=" + round.answer());
            } else if (touchesBound(round.answer())) {
                at(Kind.BOUND_TOUCH, round, "answer stands at the aggregator's bound: answer=" + round.answer());
            }
        }
        if (terms.lowest().isEmpty() && terms.highest().isEmpty()) {
            judgeRepeats(rounds);
        }
    }

    private boolean touchesBound(BigInteger answer) {
        return terms.lowest().filter(bound -> answer.compareTo(bound) <= 0).isPresent()
                || terms.highest().filter(bound -> answer.compareTo(bound) >= 0).isPresent();
    }

    /** Without known bounds: the least or the greatest answer of all, several times in a row. */
    private void judgeRepeats(List<Round> rounds) {
        var answers =
                rounds.stream().filter(Round::isPositive).map(Round::answer).toList();
        if (answers.isEmpty()) {
            return;
        }
        var least = answers.stream().min(Comparator.naturalOrder()).orElseThrow();
        var greatest = answers.stream().max(Comparator.naturalOrder()).orElseThrow();
        if (least.equals(greatest)) {
            return;
        }
        var first = 0;
        for (var next = 1; next <= rounds.size(); next++) {
            var answer = rounds.get(first).answer();
            if (next < rounds.size() && rounds.get(next).answer().equals(answer)) {
                continue;
            }
            if (next - first >= SUSPICIOUS_REPEATS && (answer.equals(least) || answer.equals(greatest))) {
                between(
                        Kind.BOUND_TOUCH,
                        rounds.get(first),
                        rounds.get(next - 1),
                        "the %s answer of all repeats, as at an aggregator's bound: answer=%s times=%d"
                                .formatted(answer.equals(least) ? "least" : "greatest", answer, next - first));
            }
            first = next;
        }
    }

    private void at(Kind kind, Round round, String sentence) {
        found.add(new SeriesFinding(kind, round.updatedAt(), round.updatedAt(), sentence));
    }

    private void between(Kind kind, Round before, Round after, String sentence) {
        found.add(new SeriesFinding(kind, before.updatedAt(), after.updatedAt(), sentence));
    }
}
