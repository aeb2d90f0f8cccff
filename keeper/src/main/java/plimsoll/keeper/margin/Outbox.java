package plimsoll.keeper.margin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where messages wait, durably, until somebody has them: a crash neither loses one nor makes it two. */
public interface Outbox {

    /**
     * Messages for a channel whose time has come, the oldest first. Each is nobody else's for {@code lease} and has one attempt
     * more; one that is neither delivered nor failed by then comes again.
     */
    List<Message> take(String channel, Instant now, Duration lease, int most);

    /** The receiver has it. */
    void delivered(Message message, Instant at);

    /** Not this time; it comes again at {@code next}. */
    void failed(Message message, String why, Instant next);

    /** It will not be tried again. */
    void dead(Message message, String why, Instant at);

    /**
     * One message on its way.
     *
     * @param key the same for every attempt, so that a receiver can tell a repetition: {@code call/…}
     * @param subject one line
     * @param text for people
     * @param json the same for machines
     * @param attempt the number of this attempt, from 1
     */
    record Message(long id, String key, String channel, String subject, String text, String json, int attempt) {}
}
