package plimsoll.devnet.fault;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Account nonces that are too high or too low. */
final class NonceLie implements Lie {

    private final Faults faults;

    NonceLie(Faults faults) {
        this.faults = faults;
    }

    @Override
    public ObjectNode after(Question question, ObjectNode answer) {
        if (question.method().equals("eth_getTransactionCount") && faults.isDue(Fault.WRONG_NONCE)) {
            long offset =
                    faults.setting(Fault.WRONG_NONCE).map(FaultSetting::amount).orElse(0L);
            Optional<Long> truth = Json.number(answer.path("result"));
            truth.map(count -> Math.max(0, count + offset))
                    .filter(told -> !told.equals(truth.get()))
                    .ifPresent(told -> {
                        answer.put("result", Json.hex(told));
                        faults.struck(Fault.WRONG_NONCE);
                    });
        }
        return answer;
    }
}
