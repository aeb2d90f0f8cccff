package plimsoll.chain.tx;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.Chain;
import plimsoll.units.Address;

/** Tries every intent on the newest block and sends nothing. */
public final class DryRunSender implements TransactionSender {

    private final Chain chain;
    private final Address from;

    public DryRunSender(Chain chain, Address from) {
        this.chain = chain;
        this.from = from;
    }

    @Override
    public Address address() {
        return from;
    }

    @Override
    public List<Submission> submitAll(List<TransactionIntent> intents) {
        List<Call> calls = intents.stream()
                .map(intent -> Call.of(intent.to(), intent.data())
                        .from(from)
                        .withValue(intent.value())
                        .withGas(intent.gasLimit()))
                .toList();
        return chain.callAll(calls, BlockTag.LATEST).stream()
                .<Submission>map(Submission.Simulated::new)
                .toList();
    }

    @Override
    public Optional<StoredIntent> find(String reason) {
        return Optional.empty();
    }

    @Override
    public Optional<StoredIntent> await(String reason, Duration atMost) {
        return Optional.empty();
    }
}
