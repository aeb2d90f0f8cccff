package plimsoll.devnet.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes a client's request to the node and brings the answer back, with whatever the faults make of both. */
final class Interposer {

    private static final long SECOND = 1_000_000_000;

    private final Faults faults;
    private final Upstream upstream;
    private final List<Lie> lies;

    private long secondBegan = System.nanoTime();
    private long thisSecond;

    Interposer(Faults faults, Upstream upstream) {
        this.faults = faults;
        this.upstream = upstream;
        // Answers pass in the opposite order: false names go on last and come off first.
        lies = List.of(
                new HashLie(faults),
                new Forgetting(faults),
                new StaleHead(faults, upstream),
                new LogLies(faults, upstream),
                new ReceiptLies(faults, upstream),
                new PriceLie(faults),
                new NonceLie(faults),
                new BatchLie(faults));
    }

    HttpReply answer(byte[] body) throws IOException {
        Optional<JsonNode> request = faults.isQuiet() ? Optional.empty() : Json.parse(body);
        if (request.isEmpty()) {
            return upstream.post(body);
        }
        JsonNode tree = request.get();
        Optional<HttpReply> refusal = refusal(tree);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (tree instanceof ArrayNode batch && !batch.isEmpty()) {
            return batch(batch, body);
        }
        return tree.isObject() ? single(tree) : upstream.post(body);
    }

    private Optional<HttpReply> refusal(JsonNode request) {
        if (isOverRate(request.isArray() ? request.size() : 1) && faults.strikes(Fault.RATE_LIMITS)) {
            return Optional.of(
                    faults.below(Fault.RATE_LIMITS, 2) == 0
                            ? HttpReply.of(429, "too many requests")
                            : errors(request, -32_005, "request limit reached"));
        }
        if (!faults.strikes(Fault.ERROR_STORM)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (faults.below(Fault.ERROR_STORM, 4)) {
                    case 0 -> HttpReply.of(500, "<html>internal server error</html>");
                    case 1 -> HttpReply.of(503, "no healthy upstream");
                    case 2 -> errors(request, -32_603, "internal error, try again");
                    default -> errors(request, -32_000, "service temporarily unavailable");
                });
    }

    private synchronized boolean isOverRate(int requests) {
        Optional<FaultSetting> limit = faults.setting(Fault.RATE_LIMITS);
        if (limit.isEmpty()) {
            return false;
        }
        long now = System.nanoTime();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            thisSecond = 0;
        }
        thisSecond += requests;
        return thisSecond > limit.get().amount();
    }

    private static HttpReply errors(JsonNode request, int code, String message) {
        if (!request.isArray()) {
            return HttpReply.of(200, Json.bytes(Json.error(request.path("id"), code, message)));
        }
        ArrayNode answers = Json.MAPPER.createArrayNode();
        request.forEach(it -> answers.add(Json.error(it.path("id"), code, message)));
        return HttpReply.of(200, Json.bytes(answers));
    }

    private HttpReply single(JsonNode request) throws IOException {
        Question question = Question.of(request, new Exchange(faults, upstream, false));
        Optional<ObjectNode> local = before(question);
        if (local.isPresent()) {
            return HttpReply.of(200, Json.bytes(after(question, local.get())));
        }
        byte[] forwarded = Json.bytes(question.json());
        if (faults.strikes(Fault.DUPLICATES)) {
            upstream.post(forwarded);
        }
        HttpReply reply = upstream.post(forwarded);
        return Json.parse(reply.body()).orElse(Json.nothing()) instanceof ObjectNode answer
                ? HttpReply.of(reply.status(), Json.bytes(after(question, answer)))
                : reply;
    }

    private HttpReply batch(ArrayNode requests, byte[] body) throws IOException {
        Exchange exchange = new Exchange(faults, upstream, true);
        List<Question> questions = new ArrayList<>();
        Map<String, ObjectNode> answers = new HashMap<>();
        ArrayNode forwarded = Json.MAPPER.createArrayNode();
        for (JsonNode request : requests) {
            if (!request.isObject()) {
                return upstream.post(body); // nonsense is for the node to refuse
            }
            Question question = Question.of(request, exchange);
            questions.add(question);
            before(question)
                    .ifPresentOrElse(
                            local -> answers.put(question.id().toString(), local),
                            () -> forwarded.add(question.json()));
        }
        if (!forwarded.isEmpty()) {
            HttpReply reply = upstream.post(Json.bytes(forwarded));
            if (!(Json.parse(reply.body()).orElse(Json.nothing()) instanceof ArrayNode found)) {
                return reply; // refused as a whole
            }
            found.forEach(answer -> {
                if (answer instanceof ObjectNode object) {
                    answers.put(object.path("id").toString(), object);
                }
            });
        }
        return HttpReply.of(200, Json.bytes(arranged(questions, answers)));
    }

    private ArrayNode arranged(List<Question> questions, Map<String, ObjectNode> answers) throws IOException {
        List<ObjectNode> told = new ArrayList<>();
        for (Question question : questions) {
            ObjectNode answer = answers.get(question.id().toString());
            if (answer != null) {
                told.add(after(question, answer));
            }
        }
        if (told.size() > 1 && faults.strikes(Fault.REORDERS)) {
            for (int i = told.size() - 1; i > 0; i--) {
                // Never its own place, so that every one moves.
                int other = faults.below(Fault.REORDERS, i);
                ObjectNode moved = told.set(i, told.get(other));
                told.set(other, moved);
            }
        }
        if (!told.isEmpty() && faults.strikes(Fault.DUPLICATES)) {
            told.add(told.getLast());
        }
        ArrayNode array = Json.MAPPER.createArrayNode();
        told.forEach(array::add);
        return array;
    }

    private Optional<ObjectNode> before(Question question) throws IOException {
        for (Lie lie : lies) {
            Optional<ObjectNode> answer = lie.before(question);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private ObjectNode after(Question question, ObjectNode answer) throws IOException {
        ObjectNode told = answer;
        for (Lie lie : lies.reversed()) {
            told = lie.after(question, told);
        }
        return told;
    }
}
