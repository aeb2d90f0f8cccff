package plimsoll.runtime.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import plimsoll.runtime.work.Closing;

/**
 * Something that one process at a time does, by a lease in the database: the first to ask has it while it keeps renewing, another has
 * it when the lease has run out. Its holder knows by its own clock when it can no longer be sure, which is before anybody else can
 * have it. Only who does it in a dry run loses it without that: to one that does it for real, at once, which it notices when it next
 * renews; until then its {@link Term} keeps it from writing over what the other writes.
 *
 * <p>Safe for many threads.
 */
public final class Duty implements AutoCloseable {

    private final Transactions transactions;
    private final String name;
    private final Candidate candidate;
    private final Duration leaseTime;
    private final Runnable whenTaken;
    private final Closing closing = new Closing();
    private volatile Optional<Hold> hold = Optional.empty();
    private volatile boolean isAsking;

    private record Hold(Holding term, long untilNanos) {}

    private record Holding(String name, long token) implements Term {
        @Override
        public void verify(Connection connection) throws SQLException {
            if (!Leases.isNewest(connection, name, token)) {
                throw new DutyLostException(name, token);
            }
        }
    }

    /**
     * A process that could do it.
     *
     * @param holder for people to read; no two may have the same
     * @param isFit whether it has what else it takes; without it the duty is neither asked for nor kept, or one process could sit on
     *     the duty and another on what it takes, and nobody would do it
     * @param isLive whether it does it for real; it takes the duty at once from one that only tries, in a dry run
     */
    public record Candidate(String holder, BooleanSupplier isFit, BooleanSupplier isLive) {}

    /** One holding of a duty, the same until somebody takes it anew. Between two of them another process may have written anything. */
    public interface Term {

        /** Of what is nobody else's. */
        Term ALONE = _ -> {};

        /**
         * Makes sure that it lasts, and lets nobody take the duty until the transaction ends. For the end of a transaction: renewals wait
         * for it too.
         *
         * @throws DutyLostException where it is over; nothing of the transaction may stay
         */
        void verify(Connection connection) throws SQLException;
    }

    /**
     * @param name the same for every process that could do it
     * @param leaseTime how long a silent holder keeps it
     * @param whenTaken told whenever it has become ours
     */
    public Duty(DataSource source, String name, Candidate candidate, Duration leaseTime, Runnable whenTaken) {
        this.transactions = new Transactions(source);
        this.name = name;
        this.candidate = candidate;
        this.leaseTime = leaseTime;
        this.whenTaken = whenTaken;
    }

    /** Tries to take and then to keep it, until closed. */
    public void start() {
        isAsking = true;
        attempt();
        Thread.ofVirtual().name("duty-" + name).start(this::work);
    }

    /** We may have become fit: tries at once, if it has been started. */
    public void lookAgain() {
        if (isAsking && !closing.isOrdered()) {
            attempt();
        }
    }

    public boolean isOurs() {
        return term().isPresent();
    }

    /** Present while it is ours. */
    public Optional<Term> term() {
        return hold.filter(it -> System.nanoTime() - it.untilNanos < 0).map(Hold::term);
    }

    private void work() {
        while (!closing.isOrderedWithin(isOurs() ? leaseTime.dividedBy(4) : leaseTime.dividedBy(8))) {
            attempt();
        }
    }

    /** A database that does not answer is asked again; until then the time of the last lease decides. */
    private synchronized void attempt() {
        if (!candidate.isFit.getAsBoolean()) {
            giveUp();
            return;
        }
        boolean before = isOurs();
        long asked = System.nanoTime();
        try {
            Optional<Long> token = transactions.run(this::token);
            hold = token.map(it -> new Hold(new Holding(name, it), asked + leaseTime.toNanos()));
        } catch (StoreException e) {
            return;
        }
        if (!before && isOurs()) {
            whenTaken.run();
        }
    }

    /** Renews what we hold; what somebody else took meanwhile can perhaps be had again. */
    private Optional<Long> token(Connection connection) throws SQLException {
        Optional<Hold> held = hold;
        Optional<Leases.Grant> renewed =
                held.isPresent() ? Leases.renew(connection, name, held.get().term.token, leaseTime) : Optional.empty();
        var applicant = new Leases.Applicant(candidate.holder, candidate.isLive.getAsBoolean());
        return (renewed.isPresent() ? renewed : Leases.acquire(connection, name, applicant, leaseTime))
                .map(Leases.Grant::token);
    }

    /** Gives it up at once; where the database does not answer, the lease runs out by itself. */
    @Override
    public void close() {
        closing.order();
        giveUp();
    }

    private synchronized void giveUp() {
        hold.ifPresent(held -> {
            hold = Optional.empty();
            try {
                transactions.run(connection -> {
                    Leases.release(connection, name, held.term.token);
                    return true;
                });
            } catch (StoreException e) {
                // Whoever gives it up has more to do.
            }
        });
    }
}
