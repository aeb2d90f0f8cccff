package plimsoll.keeper.execute;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/**
 * Turns what liquidations bring in a market's own tokens into the assets that these stand for, where the signer's own account was paid:
 * all that it holds of such a token, in one transaction that a trial said would succeed. One thread uses it.
 */
public final class Redemptions {

    /** The lineage refuses by an answer other than zero as well as by a revert. */
    private static final Pattern ACCEPTED = Pattern.compile("0x0*");

    private final Chain chain;
    private final String owner;
    private final TransactionSender sender;
    private final GasPrice maxGasPrice;
    private final Episodes episodes;
    private final Set<Address> waiting = new LinkedHashSet<>();
    private final Set<Address> sent = new LinkedHashSet<>();

    /** @param market part of the reasons, which are unique among all markets and signers */
    public Redemptions(
            Chain chain, MarketId market, TransactionSender sender, Outcomes outcomes, GasPrice maxGasPrice) {
        this.chain = chain;
        this.owner = "redeem/" + market.key() + "/" + sender.address().hex() + "/";
        this.sender = sender;
        this.maxGasPrice = maxGasPrice;
        this.episodes = new Episodes(sender, outcomes);
    }

    /** Notes what a successful liquidation brought in. */
    public void seized(Opportunity opportunity) {
        waiting.add(opportunity.collateral().asset());
    }

    /** Redeems what waits and can be redeemed now; returns how many transactions were sent. */
    public int redeem(Market market, BlockAt at) {
        BlockNumber view = market.block().number();
        for (Episodes.End end : episodes.settle(view)) {
            Address asset = new Address(end.subject().substring(owner.length()));
            sent.remove(asset);
            if (!end.succeeded()) {
                waiting.add(asset);
            }
        }
        waiting.removeIf(asset -> market.receiptOf(asset).isEmpty());
        List<Address> due = waiting.stream()
                .filter(asset -> episodes.pending(subject(asset)).isEmpty())
                .toList();
        return due.isEmpty() ? 0 : send(accepted(held(due, market, at), at), view);
    }

    /** The assets of which a part is not redeemed yet. */
    public Set<Address> awaited() {
        Set<Address> awaited = new LinkedHashSet<>(waiting);
        awaited.addAll(sent);
        return awaited;
    }

    private String subject(Address asset) {
        return owner + asset.hex();
    }

    /** How many of the market's tokens we hold for each asset, as calls that redeem them. */
    private Map<Address, LiquidationCall> held(List<Address> due, Market market, BlockAt at) {
        List<CallResult> answers = chain.callAll(
                due.stream()
                        .map(asset -> Call.of(
                                market.receiptOf(asset).orElseThrow(), Erc20.BALANCE_OF.encode(sender.address())))
                        .toList(),
                at);
        Map<Address, LiquidationCall> calls = new LinkedHashMap<>();
        for (int i = 0; i < due.size(); i++) {
            if (answers.get(i) instanceof CallResult.Returned(String data) && !data.equals("0x")) {
                TokenAmount receipts =
                        TokenAmount.ofRaw(Erc20.BALANCE_OF.decode(data).integer(0), 0);
                if (receipts.isZero()) {
                    waiting.remove(due.get(i));
                } else {
                    calls.put(due.get(i), market.redemption(due.get(i), receipts));
                }
            }
        }
        return calls;
    }

    /** Those that a trial carries out. */
    private Map<Address, LiquidationCall> accepted(Map<Address, LiquidationCall> calls, BlockAt at) {
        if (calls.isEmpty()) {
            return calls;
        }
        List<CallResult> answers = chain.callAll(
                calls.values().stream()
                        .map(call -> Call.of(call.to(), call.data())
                                .from(sender.address())
                                .withGas(call.gasLimit()))
                        .toList(),
                at);
        Map<Address, LiquidationCall> accepted = new LinkedHashMap<>();
        int i = 0;
        for (Map.Entry<Address, LiquidationCall> entry : calls.entrySet()) {
            if (answers.get(i++) instanceof CallResult.Returned(String data)
                    && ACCEPTED.matcher(data).matches()) {
                accepted.put(entry.getKey(), entry.getValue());
            }
        }
        return accepted;
    }

    private int send(Map<Address, LiquidationCall> calls, BlockNumber view) {
        Map<Address, String> subjects = new LinkedHashMap<>();
        calls.keySet().forEach(asset -> subjects.put(asset, subject(asset)));
        Map<Address, Submission> answers = episodes.submit(subjects, view, (asset, reason) -> {
            LiquidationCall call = Optional.ofNullable(calls.get(asset)).orElseThrow();
            return new TransactionIntent(reason, call.to(), call.data(), Wei.ZERO, call.gasLimit(), maxGasPrice);
        });
        int accepted = 0;
        for (Map.Entry<Address, Submission> answer : answers.entrySet()) {
            // One that was sent before a restart redeems the same.
            if (answer.getValue() instanceof Submission.Accepted || answer.getValue() instanceof Submission.Known) {
                waiting.remove(answer.getKey());
                sent.add(answer.getKey());
                accepted++;
            }
        }
        return accepted;
    }
}
