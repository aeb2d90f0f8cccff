package plimsoll.chain.pool;

import java.util.ArrayList;
import java.util.List;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;

/** Puts questions to one endpoint and reads its answers as votes. */
final class Polling {

    private Polling() {}

    /** One vote for each question; an endpoint that fails altogether has failed each of them. */
    static List<Vote> votes(Member member, List<Question> questions, long deadline) {
        List<RpcRequest> requests =
                questions.stream().map(question -> question.requestFor(member)).toList();
        List<RpcAnswer> answers = member.ask(requests, deadline);
        List<Vote> votes = new ArrayList<>(questions.size());
        for (int i = 0; i < answers.size(); i++) {
            Question question = questions.get(i);
            Vote vote = Vote.of(question, answers.get(i));
            if (vote instanceof Vote.Refused(RpcException reason)) {
                vote = withoutHash(member, question, reason, deadline);
            }
            if (vote instanceof Vote.Failed(RpcException reason) && Refusals.isFault(reason)) {
                member.health().failed(reason);
            }
            votes.add(unlessTooLow(member, question, vote));
        }
        return votes;
    }

    /** Older nodes take no hash where a state is read: they are asked by number, from then on always. */
    private static Vote withoutHash(Member member, Question question, RpcException refusal, long deadline) {
        Vote refused = new Vote.Refused(refusal);
        if (question.byNumber().isEmpty() || !member.takesHashes() || !Refusals.mayMissHashParameters(refusal)) {
            return refused;
        }
        Vote vote = Vote.of(question, member.ask(question.byNumber().get(), deadline));
        if (!vote.isClaim()) {
            return refused;
        }
        member.refusesHashes();
        return vote;
    }

    /** "Nothing there" from an endpoint whose head is below the block says nothing, and so do its logs and fees up to there. */
    private static Vote unlessTooLow(Member member, Question question, Vote vote) {
        boolean low = question.place().number() > member.health().height();
        boolean partial = question.essence() == Essence.LOGS || question.essence() == Essence.FEES;
        return low && (vote.isNull() || (partial && vote.isClaim()))
                ? new Vote.Abstained("head=" + member.health().height())
                : vote;
    }
}
