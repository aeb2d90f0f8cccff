package plimsoll.keeper.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.BadDebtLedger;
import plimsoll.keeper.liquidation.Circumstances;
import plimsoll.keeper.liquidation.guard.Evidence;
import plimsoll.keeper.liquidation.guard.Halt;
import plimsoll.keeper.liquidation.guard.SendRecord;
import plimsoll.keeper.watch.Competitors;
import plimsoll.keeper.watch.EvidenceReader;
import plimsoll.units.Address;

/** Gathers what the guards look at: evidence from each block, the operator's orders, and how our own transactions fared. */
final class Lookout {

    private final EvidenceReader reader;
    private final Competitors competitors;
    private final Optional<Path> haltFile;
    private final Supplier<Optional<Halt>> order;
    private final SendRecord sends;
    private final Supplier<List<BadDebtLedger.Loss>> earlierLosses;
    private final InstantSource clock;
    private BadDebtLedger losses = new BadDebtLedger(List.of());
    private Optional<EvidenceReader.Asked> asked = Optional.empty();

    Lookout(
            EvidenceReader reader,
            Competitors competitors,
            Optional<Path> haltFile,
            Supplier<Optional<Halt>> order,
            SendRecord sends,
            Supplier<List<BadDebtLedger.Loss>> earlierLosses,
            InstantSource clock) {
        this.reader = reader;
        this.competitors = competitors;
        this.haltFile = haltFile;
        this.order = order;
        this.sends = sends;
        this.earlierLosses = earlierLosses;
        this.clock = clock;
    }

    /** Before the first decision, and whenever another process has decided until now: its losses count against the same budget. */
    void recallLosses() {
        losses = new BadDebtLedger(earlierLosses.get());
    }

    /** What to ask of the next block, in calls that travel with the reads. */
    List<Call> ask(Map<Address, Address> feeds, Optional<Address> self) {
        reader.keepUp(feeds);
        EvidenceReader.Asked next = reader.ask(feeds, self);
        asked = Optional.of(next);
        return next.calls();
    }

    /**
     * @param accounts that are to be decided about
     * @param pending our transactions for them that have no outcome yet
     * @param answers to the calls of {@link #ask}, in their order
     */
    Circumstances circumstances(
            Optional<Address> self,
            List<Address> accounts,
            Map<Address, String> pending,
            List<CallResult> answers,
            BlockHeader block) {
        Instant now = clock.instant();
        List<Address> free = accounts.stream()
                .filter(account -> !pending.containsKey(account))
                .toList();
        Evidence read = asked.map(it -> it.answered(answers, now, block.time()))
                .orElseGet(() -> Evidence.none(now, block.time()))
                .with(halt(now), sends.health(now))
                .withCompetitors(competitors.of(free, self, block));
        return new Circumstances(self, pending, read, losses.spent(now));
    }

    /** Whether the operator has ordered by now that nothing be sent. */
    boolean isHalted() {
        return halt(clock.instant()).isPresent();
    }

    void concluded(Liquidator.Done done) {
        sends.concluded(done.opportunity().account(), done.intent().reason(), done.succeeded(), clock.instant());
    }

    void sent(Assessment why, StoredIntent intent) {
        Instant now = clock.instant();
        sends.sending(intent.reason(), now);
        if (why instanceof Assessment.WriteOff writeOff) {
            losses.add(new BadDebtLedger.Loss(now, writeOff.plan().loss()));
        }
    }

    /** A file that is there but cannot be read halts all the same. */
    private Optional<Halt> halt(Instant now) {
        Optional<Halt> ordered = order.get();
        return ordered.isPresent()
                ? ordered
                : haltFile.filter(Files::exists).map(file -> {
                    try {
                        String reason = Files.readString(file).strip();
                        return new Halt(
                                file.getFileName().toString(),
                                reason.isEmpty()
                                        ? "none given"
                                        : reason.lines().findFirst().orElse(""),
                                Files.getLastModifiedTime(file).toInstant());
                    } catch (IOException e) {
                        return new Halt(file.getFileName().toString(), "file cannot be read", now);
                    }
                });
    }
}
