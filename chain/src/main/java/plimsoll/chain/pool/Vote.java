package plimsoll.chain.pool;

import java.util.Locale;
import java.util.Optional;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;

/** What one endpoint said to one question. Only the first two claim something about the chain. */
sealed interface Vote {

    record Said(JsonNode essence) implements Vote {}

    /** The contract reverted. */
    record Reverted(RpcException reason) implements Vote {

        private String bytes() {
            return reason.data().orElse("").toLowerCase(Locale.ROOT);
        }
    }

    /** It lacks the block, or is on another branch. */
    record Abstained(String reason) implements Vote {}

    /** It will not answer this question: an unknown method, too large a range, gas that does not suffice. */
    record Refused(RpcException reason) implements Vote {}

    /** It could not answer, or what it answered is broken. */
    record Failed(RpcException reason) implements Vote {}

    static Vote of(Question question, RpcAnswer answer) {
        return switch (answer) {
            case RpcAnswer.Result(JsonNode json) -> {
                try {
                    JsonNode essence = question.essence().of(json);
                    yield new Said(essence);
                } catch (RpcException e) {
                    yield new Failed(e);
                }
            }
            case RpcAnswer.Failure(RpcException reason) -> ofRefusal(reason);
        };
    }

    static Vote ofRefusal(RpcException reason) {
        if (reason.isRevert()) {
            return new Reverted(reason);
        }
        if (Refusals.doesNotKnow(reason)) {
            return new Abstained(String.valueOf(reason.getMessage()));
        }
        return reason.kind() == Kind.REJECTED ? new Refused(reason) : new Failed(reason);
    }

    default boolean isClaim() {
        return this instanceof Said || this instanceof Reverted;
    }

    default boolean isNull() {
        return this instanceof Said(JsonNode essence) && essence.isNull();
    }

    /** Whether two claims are the same; a revert without its bytes fits every revert. */
    default boolean agreesWith(Vote other) {
        return switch (this) {
            case Said(JsonNode essence) -> other instanceof Said(JsonNode theirs) && essence.equals(theirs);
            case Reverted mine ->
                other instanceof Reverted theirs
                        && (mine.bytes().equals(theirs.bytes())
                                || mine.bytes().isEmpty()
                                || theirs.bytes().isEmpty());
            case Abstained _, Refused _, Failed _ -> false;
        };
    }

    /** Where this differs from {@code others}, in one line. */
    default String differenceTo(Vote others) {
        if (this instanceof Said(JsonNode mine) && others instanceof Said(JsonNode theirs)) {
            return Differences.between(mine, theirs);
        }
        return "said=" + brief() + " others=" + others.brief();
    }

    default String brief() {
        return switch (this) {
            case Said(JsonNode essence) -> Differences.brief(essence);
            case Reverted reverted -> "reverted" + (reverted.bytes().isEmpty() ? "" : " " + cut(reverted.bytes()));
            case Abstained(String reason) -> "does not know: " + reason;
            case Refused(RpcException reason) -> String.valueOf(reason.getMessage());
            case Failed(RpcException reason) -> String.valueOf(reason.getMessage());
        };
    }

    private static String cut(String hex) {
        return hex.length() <= 80 ? hex : hex.substring(0, 80) + "...";
    }

    /** The agreed answer as the caller gets it, without anything that was not compared. */
    default RpcAnswer answer() {
        return switch (this) {
            case Said(JsonNode essence) -> new RpcAnswer.Result(essence);
            case Reverted reverted ->
                new RpcAnswer.Failure(
                        reverted.bytes().isEmpty()
                                ? reverted.reason()
                                : new RpcException(
                                        Kind.REJECTED,
                                        3,
                                        "Node refused: execution reverted (code 3)",
                                        Optional.of(reverted.bytes())));
            case Refused(RpcException reason) -> new RpcAnswer.Failure(reason);
            case Failed(RpcException reason) -> new RpcAnswer.Failure(reason);
            case Abstained(String reason) ->
                new RpcAnswer.Failure(new RpcException(Kind.TRANSIENT, "Endpoint does not know: " + reason));
        };
    }
}
