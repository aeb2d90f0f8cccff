package plimsoll.keeper.app;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import plimsoll.devnet.fault.Fault;
import plimsoll.devnet.fault.FaultProxy;
import plimsoll.devnet.fault.FaultSetting;

/** The only way to the node, on which exchanges fail now and then. */
final class SoakFaults implements AutoCloseable {

    private static final List<String> FAILURES = List.of(
            "drops=15%",
            "delays=60@50%",
            "disconnects=10%",
            "errorStorm=40%",
            "truncates=20%",
            "duplicates=20%",
            "reorders",
            "rateLimits=20");

    private final SplittableRandom random;
    private final FaultProxy proxy;

    SoakFaults(String node, SplittableRandom random) {
        this.random = random;
        proxy = FaultProxy.before(node, random.nextLong());
    }

    String url() {
        return proxy.url();
    }

    /** For the next block; about every fourth one begins another time of trouble, or of none. */
    void next() {
        if (random.nextInt(4) == 0) {
            heal();
            if (random.nextInt(3) > 0) {
                proxy.inject(FaultSetting.parse(FAILURES.get(random.nextInt(FAILURES.size()))));
            }
        }
    }

    void heal() {
        proxy.heals();
    }

    void whileNobodyAsks(Runnable work) {
        proxy.whileNobodyAsks(work);
    }

    Map<Fault, Long> struck() {
        return proxy.strikes();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
