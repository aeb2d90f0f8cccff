package plimsoll.chain.rpc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Remembers what a subscription told, one word or JSON text an event, and the reasons of losses beside it. */
final class HeardEvents implements SubscriptionListener {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<RpcException> losses = new CopyOnWriteArrayList<>();

    @Override
    public void connected() {
        events.add("connected");
    }

    @Override
    public void notified(JsonNode notification) {
        events.add(notification.toString());
    }

    @Override
    public void lost(RpcException reason) {
        losses.add(reason);
        events.add("lost");
    }

    List<String> events() {
        return List.copyOf(events);
    }

    List<RpcException> losses() {
        return losses;
    }

    void await(String event) {
        await(event, 1);
    }

    void await(String event, int times) {
        SocketServer.await(
                times + " x " + event,
                () -> events.stream().filter(event::equals).count() >= times);
    }
}
