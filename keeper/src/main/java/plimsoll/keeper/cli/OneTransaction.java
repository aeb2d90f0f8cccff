package plimsoll.keeper.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.LaneLog;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.postgres.Database;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/**
 * A transaction that a person asks for, sent on the signer's own lane: through the keeper's store, so that it neither takes a nonce of a
 * keeper at work nor is sent twice.
 */
final class OneTransaction {

    private static final Duration MINED_WITHIN = Duration.ofMinutes(5);
    private static final Bps RESERVE = new Bps(2_000);

    private final ExecutorOptions.Configured configured;
    private final Chain chain;
    private final Signer signer;

    OneTransaction(ExecutorOptions.Configured configured, Chain chain, Signer signer) {
        this.configured = configured;
        this.chain = chain;
        this.signer = signer;
    }

    /** What it would cost; a refusal of the chain is a failure that names the reason. */
    Gas tried(Address to, String data) {
        try {
            return chain.estimateGas(Call.of(to, data).from(signer.address()), BlockTag.LATEST)
                    .plusMargin(RESERVE);
        } catch (RpcException e) {
            if (!e.isRevert()) {
                throw e;
            }
            throw CommandFailure.outside("The chain refuses this: "
                            + e.data()
                                    .map(reason -> RevertReason.decode(reason).describe())
                                    .orElse(e.getMessage()))
                    .because(e);
        }
    }

    /** Sends it and waits until it is mined. */
    TxHash send(String reason, Address to, String data, Gas limit) {
        var cap = configured.config().keeper().maxGasPrice();
        LaneSettings settings = configured
                .service()
                .chain()
                .lane("keeper-executor-" + ProcessHandle.current().pid(), cap)
                .withConfirmations(1);
        try (Database database = Database.open(configured.service().database())) {
            database.migrate();
            database.checkSchema();
            Optional<LaneSender> lane = LaneSender.open(
                    chain,
                    signer,
                    new PostgresIntentStore(database.dataSource()),
                    settings,
                    InstantSource.system(),
                    new LaneLog());
            try (LaneSender sender = lane.orElseThrow(() -> CommandFailure.outside(
                    "Another process owns this signer's lane; stop its keeper first: signer=" + signer.address(),
                    "plimsoll.signer"))) {
                sender.start();
                return mined(sender, sender.submit(new TransactionIntent(reason, to, data, Wei.ZERO, limit, cap)));
            }
        }
    }

    private static TxHash mined(LaneSender sender, Submission submission) {
        StoredIntent intent = switch (submission) {
            case Submission.Accepted(StoredIntent stored) -> stored;
            case Submission.Known(StoredIntent stored) -> stored;
            case Submission.GasTooDear dear ->
                throw CommandFailure.outside(
                        "Gas is above our limit: price=" + dear.found() + " allowed=" + dear.allowed(),
                        "plimsoll.keeper.max-gas-price");
            case Submission.SpendCapReached cap ->
                throw CommandFailure.outside(
                        "The lane's limit on spending is reached: spent=" + cap.found() + " allowed=" + cap.allowed());
            case Submission.TooLate _, Submission.LaneBusy _, Submission.Simulated _ ->
                throw new IllegalStateException("No deadline and no dry run were asked for: " + submission);
        };
        Optional<Inclusion> inclusion = sender.await(intent.reason(), MINED_WITHIN)
                .flatMap(stored -> stored.state().standing());
        return inclusion
                .filter(Inclusion::succeeded)
                .map(Inclusion::tx)
                .orElseThrow(() -> CommandFailure.outside("Transaction was not mined or reverted: reason="
                        + intent.reason() + " mined=" + inclusion.isPresent()));
    }
}
