package plimsoll.keeper.liquidation.guard;

import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.Asset;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.Price;

/** Says of a block and of each account in it what speaks against acting; nothing is the only answer on which anything is sent. */
public final class Guards {

    private static final Duration DAY = Duration.ofDays(1);

    private final GuardPolicy policy;
    private final Evidence evidence;

    public Guards(GuardPolicy policy, Evidence evidence) {
        this.policy = policy;
        this.evidence = evidence;
    }

    /**
     * An asset that counts for an account, at the protocol's price.
     *
     * @param isFrozen whether governance has frozen its reserve
     */
    public record Counted(Asset asset, Optional<Price> price, boolean isFrozen) {}

    /** What a little of one asset is worth to the protocol, and what a venue pays for it. */
    public record SmallSale(Address sold, Address bought, BaseValue protocol, BaseValue venue) {}

    /** What speaks against acting on this block at all. */
    public List<Finding> ofBlock() {
        List<Finding> findings = new ArrayList<>();
        evidence.halt().map(Finding.Halted::new).ifPresent(findings::add);
        evidence.sequencer().flatMap(this::of).ifPresent(findings::add);
        evidence.coin()
                .filter(held -> held.compareTo(policy.leastCoin()) < 0)
                .map(held -> new Finding.LowCoin(held, policy.leastCoin()))
                .ifPresent(findings::add);
        SendHealth sends = evidence.sends();
        if (sends.outcomes() >= policy.sends().sample() && revertsTooOften(sends)) {
            findings.add(new Finding.RevertsTooOften(
                    sends.reverts(), sends.outcomes(), policy.sends().maxRevertRatio()));
        }
        sends.slowest()
                .filter(slowest -> slowest.compareTo(policy.sends().slowestSend()) > 0)
                .map(slowest ->
                        new Finding.SendsTooSlowly(slowest, policy.sends().slowestSend()))
                .ifPresent(findings::add);
        return findings;
    }

    /** What speaks against acting on this account, which has or owes these assets. */
    public List<Finding> ofAccount(Address account, List<Counted> counted) {
        List<Finding> findings = new ArrayList<>();
        if (policy.subjects().accounts().excludes(account)) {
            findings.add(new Finding.AccountExcluded(account));
        }
        if (policy.subjects().waitsForCompetitors()) {
            Optional.ofNullable(evidence.competitors().get(account))
                    .map(Finding.CompetitorPending::new)
                    .ifPresent(findings::add);
        }
        Optional.ofNullable(evidence.sends().failures().get(account))
                .flatMap(this::backingOff)
                .ifPresent(findings::add);
        for (Counted each : counted) {
            of(each, findings);
        }
        return findings;
    }

    /** What speaks against seizing this asset for that. */
    public List<Finding> ofPair(Address debt, Address collateral, Optional<SmallSale> sale) {
        List<Finding> findings = new ArrayList<>();
        for (Address asset : debt.equals(collateral) ? List.of(debt) : List.of(debt, collateral)) {
            if (policy.subjects().assets().excludes(asset)) {
                findings.add(new Finding.AssetExcluded(asset));
            }
        }
        sale.filter(it -> differ(it.protocol(), it.venue(), policy.prices().maxSaleDeviation()))
                .map(it -> new Finding.SaleDeviates(
                        it.sold(),
                        it.bought(),
                        it.protocol(),
                        it.venue(),
                        policy.prices().maxSaleDeviation()))
                .ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> of(Sequencer sequencer) {
        return switch (sequencer) {
            case Sequencer.Down(Instant since) -> Optional.of(new Finding.SequencerDown(since));
            case Sequencer.Unknown(String why) -> Optional.of(new Finding.SequencerUnknown(why));
            case Sequencer.Up(Instant since) ->
                Optional.<Finding>of(new Finding.SequencerJustUp(since, policy.sequencerGrace()))
                        .filter(_ -> evidence.blockTime().isBefore(since.plus(policy.sequencerGrace())));
        };
    }

    private boolean revertsTooOften(SendHealth sends) {
        return 10_000L * sends.reverts()
                > (long) policy.sends().maxRevertRatio().raw() * sends.outcomes();
    }

    private Optional<Finding> backingOff(Failures failures) {
        GuardPolicy.Sends sends = policy.sends();
        Duration pause = failures.reverts() >= sends.mostReverts()
                ? DAY
                : sends.retryAfter().multipliedBy(1L << Math.clamp(failures.reverts() - 1L, 0, 16));
        Instant until = failures.last().plus(pause);
        return evidence.now().isBefore(until)
                ? Optional.of(new Finding.BackingOff(failures.reverts(), until))
                : Optional.empty();
    }

    private void of(Counted counted, List<Finding> findings) {
        Address asset = counted.asset().address();
        if (counted.isFrozen() && policy.subjects().holdsFrozen()) {
            findings.add(new Finding.Frozen(asset));
        }
        Optional.ofNullable(evidence.bounds().get(asset)).ifPresent(bounds -> {
            if (bounds.isNearFloor(policy.prices().boundMargin())) {
                findings.add(new Finding.AtFloor(asset, bounds));
            }
            if (bounds.isNearCeiling(policy.prices().boundMargin())) {
                findings.add(new Finding.AtCeiling(asset, bounds));
            }
        });
        Optional.ofNullable(evidence.secondOpinions().get(asset)).ifPresent(second -> {
            Optional<String> objection = second.price().objection();
            if (objection.isPresent()) {
                findings.add(new Finding.NoSecondOpinion(asset, second.source(), objection.get()));
            } else if (counted.price().isPresent()) {
                Price other = second.price().counted().orElseThrow();
                if (differ(counted.price().get(), other, policy.prices().maxDeviation())) {
                    findings.add(new Finding.Deviates(
                            asset,
                            counted.price().get(),
                            other,
                            second.source(),
                            policy.prices().maxDeviation()));
                }
            }
            Optional.ofNullable(evidence.repetitions().get(asset))
                    .filter(it -> it.isLong()
                            && differ(it.before(), it.now(), policy.prices().maxRepeatedMove()))
                    .map(it -> new Finding.Repeats(
                            asset, it, second.source(), policy.prices().maxRepeatedMove()))
                    .ifPresent(findings::add);
        });
    }

    private static boolean differ(Price a, Price b, Bps allowed) {
        return differ(BaseValue.ofRaw(a.raw()), BaseValue.ofRaw(b.raw()), allowed);
    }

    /** By more than this share of the smaller one. */
    private static boolean differ(BaseValue a, BaseValue b, Bps allowed) {
        BaseValue low = a.compareTo(b) <= 0 ? a : b;
        BaseValue high = a.compareTo(b) <= 0 ? b : a;
        return !allowed.isZero()
                && high.compareTo(low.times(Bps.ONE_HUNDRED_PERCENT.plus(allowed), RoundingMode.FLOOR)) > 0;
    }
}
