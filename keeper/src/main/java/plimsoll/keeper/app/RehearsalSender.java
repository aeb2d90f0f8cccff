package plimsoll.keeper.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;

/** Sends nothing, and signs all the same: with a key that was made up for the rehearsal, so that nobody can use what it signs. */
final class RehearsalSender implements TransactionSender {

    private final TransactionSender dry;
    private final ChainId chain;
    private final Signer nobody = Signer.madeUp();

    RehearsalSender(TransactionSender dry, ChainId chain) {
        this.dry = dry;
        this.chain = chain;
    }

    @Override
    public Address address() {
        return dry.address();
    }

    @Override
    public List<Submission> submitAll(List<TransactionIntent> intents) {
        intents.forEach(intent -> nobody.sign(new UnsignedTransaction(
                chain,
                new Nonce(0),
                GasPrice.ZERO,
                intent.maxFeeCap(),
                intent.gasLimit(),
                intent.to(),
                intent.value(),
                intent.data())));
        return dry.submitAll(intents);
    }

    @Override
    public Optional<StoredIntent> find(String reason) {
        return dry.find(reason);
    }

    @Override
    public Optional<StoredIntent> await(String reason, Duration atMost) {
        return dry.await(reason, atMost);
    }
}
