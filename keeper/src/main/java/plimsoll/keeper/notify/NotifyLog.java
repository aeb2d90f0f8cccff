package plimsoll.keeper.notify;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import plimsoll.keeper.margin.Outbox;

/** What happens to messages: one method an event, one line an event. */
final class NotifyLog {

    private static final Logger LOG = LoggerFactory.getLogger("plimsoll.keeper.notify");

    void delivered(Outbox.Message message) {
        LOG.info(
                "message delivered: key={} channel={} attempt={}", message.key(), message.channel(), message.attempt());
    }

    void failed(Outbox.Message message, String why, Instant next) {
        LOG.warn(
                "message not delivered, will be tried again: key={} channel={} attempt={} next={} because={}",
                message.key(),
                message.channel(),
                message.attempt(),
                next,
                why);
    }

    void dead(Outbox.Message message, String why) {
        LOG.error(
                "message given up, tell its reader yourself and mend the channel: key={} channel={} attempts={}"
                        + " because={} subject={}",
                message.key(),
                message.channel(),
                message.attempt(),
                why,
                message.subject());
    }

    void outboxFailed(String channel, RuntimeException reason) {
        LOG.warn(
                "outbox cannot be read or written, will be tried again: channel={} because={}",
                channel,
                reason.getMessage());
    }
}
