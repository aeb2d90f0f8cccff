package plimsoll.runtime.web;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells open pages that something has changed; they then ask for what they show. Safe for many threads. */
public final class LiveFeed {

    private record Listener(SseEventSink sink, Sse sse) {}

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    /** An open page; it is told until it goes. */
    public void add(SseEventSink sink, Sse sse) {
        listeners.add(new Listener(sink, sse));
    }

    /** Sends one line to every open page; those that have gone are forgotten. */
    public void tell(String event, String data) {
        listeners.removeIf(listener -> listener.sink.isClosed());
        for (Listener listener : listeners) {
            OutboundSseEvent message =
                    listener.sse.newEventBuilder().name(event).data(data).build();
            listener.sink.send(message).exceptionally(gone -> {
                listeners.remove(listener);
                return null;
            });
        }
    }
}
