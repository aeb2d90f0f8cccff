package plimsoll.protocol.morpho;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AbiValues;
import plimsoll.abi.RevertReason;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.devnet.morpho.MorphoMarket;
import plimsoll.protocol.morpho.MorphoLiquidation.Refused;
import plimsoll.protocol.morpho.MorphoLiquidation.Seizure;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * What we compute is what the contract does, to the wei: totals with interest, who may be liquidated, the amounts of a liquidation,
 * what is left of position and market, and the very reason of a refusal.
 */
class MorphoDifferentialTest {

    private static final int CALLS_IN_A_BATCH = 25;

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    void agreesWithTheContractOnRandomStates() {
        agrees(20_000, 1);
    }

    @Test
    @Tag("long")
    void agreesWithTheContractOnAMillionRandomStates() {
        agrees(1_000_000, 2);
    }

    private void agrees(int states, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long begun = System.nanoTime();
        int done = 0;
        try (LocalMorpho morpho = LocalMorpho.start(seed)) {
            Instant now = morpho.devnet().now();
            while (done < states) {
                done += batch(morpho, random, now);
            }
        }
        System.out.printf(
                "Morpho.liquidate: %d states, 0 wei of difference: %s; %.1f s%n",
                done, outcomes, (System.nanoTime() - begun) / 1e9);
        assertThat(outcomes.getOrDefault("Seizure", 0)).as("liquidations").isGreaterThan(states / 5);
        assertThat(outcomes.keySet())
                .contains(
                        "position is healthy",
                        "Panic(0x11): arithmetic overflow",
                        "Panic(0x12): division by zero",
                        "within a unit of the line",
                        "all debt",
                        "all collateral",
                        "with bad debt");
    }

    private int batch(LocalMorpho morpho, RandomGenerator random, Instant now) {
        List<List<RandomState>> groups = new ArrayList<>();
        List<RpcRequest> requests = new ArrayList<>();
        for (int i = 0; i < CALLS_IN_A_BATCH; i++) {
            List<RandomState> group = new ArrayList<>();
            for (MorphoMarket market : morpho.markets()) {
                group.add(RandomState.draw(random, market.lltv(), now));
            }
            groups.add(group);
            requests.add(morpho.call(group));
        }
        List<RpcAnswer> answers = morpho.devnet().rpc().callAll(requests);
        int compared = 0;
        for (int i = 0; i < groups.size(); i++) {
            List<AbiValues> told = LocalMorpho.told(answers.get(i).orThrow().stringValue());
            for (int j = 0; j < told.size(); j++) {
                compare(morpho.markets().get(j).lltv(), groups.get(i).get(j), told.get(j), now);
                compared++;
            }
        }
        return compared;
    }

    private void compare(Wad lltv, RandomState state, AbiValues told, Instant now) {
        try {
            MorphoTotals accrued =
                    state.totals().accruedTo(now, new Wad(told.integer("rate"))).totals();
            assertThat(accrued).isEqualTo(totals(told.values("market"), state.totals()));
            MorphoValuation valuation = MorphoValuation.of(lltv, accrued, state.price());
            switch (valuation.liquidation(state.position(), state.request())) {
                case Seizure seizure -> done(valuation, state, told, seizure);
                case Refused refused -> {
                    assertThat(told.bool("liquidated")).isFalse();
                    assertThat(RevertReason.decode(told.hex("reason")).describe())
                            .isEqualTo(refused.error());
                    count(refused.error());
                }
            }
            countTheClose(valuation.standing(state.position()));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("lltv=" + lltv + " " + state + " told=" + told, e);
        }
    }

    private void done(MorphoValuation valuation, RandomState state, AbiValues told, Seizure seizure) {
        assertThat(told.bool("liquidated")).isTrue();
        assertThat(seizure.seized().raw()).isEqualTo(told.integer("seizedAssets"));
        assertThat(seizure.repaid().raw()).isEqualTo(told.integer("repaidAssets"));
        assertThat(seizure.totals()).isEqualTo(totals(told.values("marketAfter"), state.totals()));
        assertThat(seizure.position()).isEqualTo(position(told.values("positionAfter"), state.position()));
        assertThat(seizure.badDebt())
                .isEqualTo(valuation.totals().supplied().minus(seizure.totals().supplied()));
        count("Seizure");
        if (!seizure.badDebtShares().isZero()) {
            count("with bad debt");
        }
        if (seizure.position().collateral().isZero()) {
            count("all collateral");
        } else if (seizure.position().borrowShares().isZero()) {
            count("all debt");
        }
    }

    private void countTheClose(MorphoStanding standing) {
        BigInteger room =
                standing.mostBorrowed().raw().subtract(standing.borrowed().raw());
        if (room.abs().compareTo(BigInteger.ONE) <= 0) {
            count("within a unit of the line");
        }
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private static MorphoTotals totals(AbiValues market, MorphoTotals like) {
        return new MorphoTotals(
                TokenAmount.ofRaw(market.integer("supplied"), like.supplied().decimals()),
                new Shares(market.integer("supplyShares")),
                TokenAmount.ofRaw(market.integer("borrowed"), like.borrowed().decimals()),
                new Shares(market.integer("borrowShares")),
                Instant.ofEpochSecond(market.integer("lastUpdate").longValueExact()),
                new Wad(market.integer("fee")));
    }

    private static MorphoPosition position(AbiValues position, MorphoPosition like) {
        return new MorphoPosition(
                TokenAmount.ofRaw(
                        position.integer("collateral"), like.collateral().decimals()),
                new Shares(position.integer("borrowShares")));
    }
}
