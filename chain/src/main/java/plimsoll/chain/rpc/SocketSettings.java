package plimsoll.chain.rpc;

import java.time.Duration;

/**
 * How to reach a node over a WebSocket.
 *
 * @param rpc the URL (ws, wss, http or https) and the limits of an exchange; the largest answer is the largest message
 * @param silence the longest time without a sign of life before the connection counts as lost: pings go out twice in it
 * @param firstWait the wait before the first attempt to connect again; it doubles with each failure
 * @param longestWait the longest such wait; a connection that stood for longer starts anew with {@code firstWait}
 * @param maxQueued the most notifications of one subscription that wait for a slow listener
 * @param maxQueuedBytes the most bytes of JSON that such notifications may hold together
 */
public record SocketSettings(
        RpcSettings rpc,
        Duration silence,
        Duration firstWait,
        Duration longestWait,
        int maxQueued,
        int maxQueuedBytes) {

    public SocketSettings {
        if (silence.toMillis() < 2 || firstWait.toMillis() < 1 || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("WebSocket times are out of range: silence=" + silence + " firstWait="
                    + firstWait + " longestWait=" + longestWait);
        }
        if (maxQueued < 1 || maxQueuedBytes < 1) {
            throw new IllegalArgumentException(
                    "WebSocket queues must have room: maxQueued=" + maxQueued + " maxQueuedBytes=" + maxQueuedBytes);
        }
    }

    /** 15 s of silence, 0.25 s to 30 s between attempts, 4,096 notifications or 16 MiB waiting. */
    public static SocketSettings of(RpcSettings rpc) {
        return new SocketSettings(
                rpc, Duration.ofSeconds(15), Duration.ofMillis(250), Duration.ofSeconds(30), 4_096, 16 << 20);
    }

    public SocketSettings withSilence(Duration time) {
        return new SocketSettings(rpc, time, firstWait, longestWait, maxQueued, maxQueuedBytes);
    }

    public SocketSettings withWaits(Duration first, Duration longest) {
        return new SocketSettings(rpc, silence, first, longest, maxQueued, maxQueuedBytes);
    }

    public SocketSettings withQueue(int notifications, int bytes) {
        return new SocketSettings(rpc, silence, firstWait, longestWait, notifications, bytes);
    }
}
