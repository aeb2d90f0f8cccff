package plimsoll.keeper.relief;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.Erc20;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.keeper.margin.Funds;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.position.Asset;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/**
 * Moves tokens for mandates, in transactions of which each happens once whatever crashes: every one has a reason of its own, the first
 * is sent only by {@link #begin}, and the next only once the one before is final on the chain.
 *
 * <pre>
 * funded:  act
 * wallet:  pull, act            and where act fails or comes too late: return
 * </pre>
 */
public final class ReliefHand {

    /** How long the second transaction of an order may still be begun. */
    private static final Duration SECOND_STEP = Duration.ofMinutes(5);

    private static final Gas GAS_LIMIT = new Gas(700_000);
    private static final Gas GAS_OF_TRANSFER = new Gas(150_000);

    private final Chain chain;
    private final TransactionSender sender;
    private final ReliefCalls calls;
    private final GasPrice maxGasPrice;
    private final InstantSource clock;

    /** @param sender the keeper's own; the same that liquidates */
    public ReliefHand(
            Chain chain, TransactionSender sender, ReliefCalls calls, GasPrice maxGasPrice, InstantSource clock) {
        this.chain = chain;
        this.sender = sender;
        this.calls = calls;
        this.maxGasPrice = maxGasPrice;
        this.clock = clock;
    }

    /** What each asset's source holds and has approved, in one exchange; an asset that does not answer is missing. */
    public Map<Address, Funds> funds(Mandate.Source source, Address account, List<Asset> assets) {
        Address keeper = sender.address();
        Address holder = source == Mandate.Source.WALLET ? account : keeper;
        List<Call> questions = new ArrayList<>();
        for (Asset asset : assets) {
            questions.add(Call.of(asset.address(), Erc20.BALANCE_OF.encode(holder)));
            questions.add(Call.of(asset.address(), Erc20.ALLOWANCE.encode(keeper, calls.spender())));
            questions.add(Call.of(asset.address(), Erc20.ALLOWANCE.encode(account, keeper)));
        }
        List<CallResult> answers = chain.callAll(questions, BlockTag.LATEST);
        Map<Address, Funds> funds = new HashMap<>();
        for (int i = 0; i < assets.size(); i++) {
            Asset asset = assets.get(i);
            Optional<BigInteger> balance = number(answers.get(3 * i));
            Optional<BigInteger> toProtocol = number(answers.get(3 * i + 1));
            Optional<BigInteger> toUs = source == Mandate.Source.WALLET ? number(answers.get(3 * i + 2)) : toProtocol;
            if (balance.isPresent() && toProtocol.isPresent() && toUs.isPresent()) {
                funds.put(
                        asset.address(),
                        new Funds(
                                TokenAmount.ofRaw(balance.get(), asset.decimals()),
                                TokenAmount.ofRaw(toProtocol.get().min(toUs.get()), asset.decimals())));
            }
        }
        return funds;
    }

    private static Optional<BigInteger> number(CallResult result) {
        return result instanceof CallResult.Returned(String data) && !data.equals("0x")
                ? Optional.of(Erc20.BALANCE_OF.decode(data).integer(0))
                : Optional.empty();
    }

    /** The newest block. */
    public BlockNumber head() {
        return chain.head().number();
    }

    /** Why the chain would refuse the order's first transaction now; empty where it would not. */
    public Optional<String> refusal(Order order) {
        TransactionIntent first = first(order);
        Call call = Call.of(first.to(), first.data()).from(sender.address()).withGas(first.gasLimit());
        return switch (chain.callAll(List.of(call), BlockTag.LATEST).getFirst()) {
            case CallResult.Returned _ -> Optional.empty();
            case CallResult.Reverted(String message, Optional<String> data) ->
                Optional.of(data.map(hex -> RevertReason.decode(hex).describe()).orElse(message));
        };
    }

    /** Sends the order's first transaction, if it may be sent; what was not sent lapses when the order expires. */
    public Submission begin(Order order) {
        return sender.submit(first(order));
    }

    /** Does what is next of an order that was begun, and tells how far it is. Repeats nothing. */
    public Progress follow(Order order) {
        if (order.usesWallet()) {
            Optional<StoredIntent> pull = sender.find(order.pull());
            if (pull.isEmpty()) {
                return isOver(order.expires()) ? Progress.LAPSED : Progress.OPEN;
            }
            if (!isFinal(pull.get())) {
                return Progress.OPEN;
            }
            if (!happened(pull.get())) {
                return Progress.FAILED;
            }
            // Another signer's account has the tokens: what this one holds is not the borrower's.
            return pull.get().lane().signer().equals(sender.address()) ? second(order) : Progress.STRANDED;
        }
        return sender.find(order.act())
                .map(act -> !isFinal(act) ? Progress.OPEN : happened(act) ? Progress.DONE : Progress.FAILED)
                .orElse(isOver(order.expires()) ? Progress.LAPSED : Progress.OPEN);
    }

    /** The borrower's tokens are with us. */
    private Progress second(Order order) {
        Optional<StoredIntent> act = sender.find(order.act());
        if (act.isEmpty()) {
            if (isOver(order.expires().plus(SECOND_STEP))) {
                return giveBack(order);
            }
            sender.submit(act(order).withDeadline(order.expires().plus(SECOND_STEP)));
            return Progress.OPEN;
        }
        if (!isFinal(act.get())) {
            return Progress.OPEN;
        }
        return happened(act.get()) ? Progress.DONE : giveBack(order);
    }

    private Progress giveBack(Order order) {
        Optional<StoredIntent> back = sender.find(order.giveBack());
        if (back.isEmpty()) {
            sender.submit(transfer(
                    order,
                    order.giveBack(),
                    Erc20.TRANSFER.encode(
                            order.account(), order.relief().amount().raw())));
            return Progress.OPEN;
        }
        if (!isFinal(back.get())) {
            return Progress.OPEN;
        }
        return happened(back.get()) ? Progress.RETURNED : Progress.STRANDED;
    }

    private TransactionIntent first(Order order) {
        return (order.usesWallet()
                        ? transfer(
                                order,
                                order.pull(),
                                Erc20.TRANSFER_FROM.encode(
                                        order.account(),
                                        sender.address(),
                                        order.relief().amount().raw()))
                        : act(order))
                .withDeadline(order.expires());
    }

    private TransactionIntent act(Order order) {
        return new TransactionIntent(
                order.act(),
                calls.contract(),
                calls.data(order.relief(), order.account()),
                Wei.ZERO,
                GAS_LIMIT,
                maxGasPrice);
    }

    private TransactionIntent transfer(Order order, String reason, String data) {
        return new TransactionIntent(reason, order.relief().asset(), data, Wei.ZERO, GAS_OF_TRANSFER, maxGasPrice);
    }

    private boolean isOver(Instant time) {
        return !clock.instant().isBefore(time);
    }

    /** Nothing of it changes any more, whatever the chain reorganises. */
    private static boolean isFinal(StoredIntent intent) {
        return intent.state().isFinished();
    }

    private static boolean happened(StoredIntent intent) {
        return intent.state() instanceof IntentState.Final(Inclusion inclusion) && inclusion.succeeded();
    }
}
