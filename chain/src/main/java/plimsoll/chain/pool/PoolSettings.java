package plimsoll.chain.pool;

import java.time.Duration;
import java.util.List;
import plimsoll.units.ChainId;

/**
 * The endpoints of one chain and how far they are believed.
 *
 * @param chain the chain that they must serve
 * @param quorum how many independent operators must say the same where money depends on it, 1 to their number
 * @param auditShare the share of compared reads, 0..1, that is also put to the endpoints that were not asked
 * @param patience the longest time that one call spends on going from endpoint to endpoint
 * @param pollInterval how often heads are looked at in the background; a head twice as old is looked up anew
 */
public record PoolSettings(
        ChainId chain,
        List<EndpointSettings> endpoints,
        int quorum,
        double auditShare,
        Duration patience,
        Duration pollInterval,
        HealthSettings health) {

    public PoolSettings {
        endpoints = List.copyOf(endpoints);
        long names = endpoints.stream().map(EndpointSettings::name).distinct().count();
        if (endpoints.isEmpty() || names != endpoints.size()) {
            throw new IllegalArgumentException("Pool needs endpoints with different names: endpoints=" + endpoints);
        }
        if (quorum < 1 || quorum > operators(endpoints)) {
            throw new IllegalArgumentException("Quorum must be between 1 and the number of operators: quorum=" + quorum
                    + " operators=" + operators(endpoints));
        }
        if (!(auditShare >= 0) || auditShare > 1) {
            throw new IllegalArgumentException("Audit share must be between 0 and 1: auditShare=" + auditShare);
        }
        if (patience.isNegative() || patience.isZero() || pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException(
                    "Pool's times must be positive: patience=" + patience + " pollInterval=" + pollInterval);
        }
    }

    /** Two operators must agree where there are two; everything is audited; 10 s of patience, heads every second. */
    public static PoolSettings of(ChainId chain, List<EndpointSettings> endpoints) {
        return new PoolSettings(
                chain,
                endpoints,
                Math.clamp(operators(endpoints), 1, 2),
                1.0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                HealthSettings.DEFAULT);
    }

    private static long operators(List<EndpointSettings> endpoints) {
        return endpoints.stream().map(EndpointSettings::operator).distinct().count();
    }

    /** Whether there is one endpoint and nothing to compare it with. */
    boolean trustsOne() {
        return endpoints.size() == 1;
    }

    public PoolSettings withQuorum(int operators) {
        return new PoolSettings(chain, endpoints, operators, auditShare, patience, pollInterval, health);
    }

    public PoolSettings withAuditShare(double share) {
        return new PoolSettings(chain, endpoints, quorum, share, patience, pollInterval, health);
    }

    public PoolSettings withPatience(Duration longest) {
        return new PoolSettings(chain, endpoints, quorum, auditShare, longest, pollInterval, health);
    }

    public PoolSettings withPollInterval(Duration interval) {
        return new PoolSettings(chain, endpoints, quorum, auditShare, patience, interval, health);
    }

    public PoolSettings withHealth(HealthSettings rules) {
        return new PoolSettings(chain, endpoints, quorum, auditShare, patience, pollInterval, rules);
    }
}
