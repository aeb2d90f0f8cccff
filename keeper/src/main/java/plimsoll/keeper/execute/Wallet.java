package plimsoll.keeper.execute;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.chain.tx.Urgency;
import plimsoll.keeper.position.Asset;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/** Our own funds: what we hold of each asset, and who may take it. */
public final class Wallet {

    private static final BigInteger ALL = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    private static final BigInteger ENOUGH = BigInteger.TWO.pow(128);
    private static final Gas GAS_OF_APPROVAL = new Gas(100_000);

    private final Chain chain;
    private final TransactionSender sender;
    private final GasPrice maxGasPrice;
    private final String owner;
    private final Optional<ExecutorSettings> executor;

    /** @param chainId part of the reasons of approvals, which are unique among all chains and signers */
    public Wallet(Chain chain, ChainId chainId, TransactionSender sender, GasPrice maxGasPrice) {
        this(chain, chainId, sender, maxGasPrice, Optional.empty());
    }

    /** @param executor whose inventory or flash funds pay in place of the signer's account */
    public Wallet(
            Chain chain,
            ChainId chainId,
            TransactionSender sender,
            GasPrice maxGasPrice,
            Optional<ExecutorSettings> executor) {
        this.executor = executor;
        this.owner = chainId + "/" + sender.address().hex();
        this.chain = chain;
        this.sender = sender;
        this.maxGasPrice = maxGasPrice;
    }

    public Address address() {
        return sender.address();
    }

    private Address payer() {
        return executor.map(ExecutorSettings::address).orElse(sender.address());
    }

    /** What of ours liquidations are paid with, by asset: what is held; nothing where all of it is borrowed. */
    public Map<Address, TokenAmount> funds(List<Asset> assets, List<CallResult> answers) {
        return executor.filter(ExecutorSettings::flash).isPresent() ? Map.of() : balances(assets, answers);
    }

    /** The calls that read our balances; they may travel with others. */
    public List<Call> balanceCalls(List<Asset> assets) {
        return assets.stream()
                .map(asset -> Call.of(asset.address(), Erc20.BALANCE_OF.encode(payer())))
                .toList();
    }

    /** What they answered, by asset; an asset that does not answer counts as not held. */
    public static Map<Address, TokenAmount> balances(List<Asset> assets, List<CallResult> answers) {
        Map<Address, TokenAmount> balances = new HashMap<>();
        for (int i = 0; i < assets.size() && i < answers.size(); i++) {
            if (answers.get(i) instanceof CallResult.Returned(String data) && !data.equals("0x")) {
                Asset asset = assets.get(i);
                balances.put(
                        asset.address(),
                        TokenAmount.ofRaw(Erc20.BALANCE_OF.decode(data).integer(0), asset.decimals()));
            }
        }
        return balances;
    }

    /**
     * Lets the spenders take our tokens, with a transaction for each that may not yet; returns when all are mined.
     *
     * @throws RpcException where an approval has no good end within {@code atMost}
     */
    public void approve(List<Approval> approvals, Outcomes outcomes, Duration atMost) {
        Map<Approval, String> missing = new LinkedHashMap<>();
        for (Approval approval : missing(approvals)) {
            missing.put(approval, "approve/" + owner + "/" + approval.asset.hex() + "/" + approval.spender.hex());
        }
        BlockNumber view = chain.head().number();
        Map<Approval, Submission> submissions = new Episodes(sender, outcomes)
                .submit(
                        missing,
                        view,
                        (approval, reason) -> new TransactionIntent(
                                        reason,
                                        approval.asset,
                                        Erc20.APPROVE.encode(approval.spender, ALL),
                                        Wei.ZERO,
                                        GAS_OF_APPROVAL,
                                        maxGasPrice)
                                .withUrgency(Urgency.SLOW));
        submissions.forEach((approval, submission) -> {
            if (submission instanceof Submission.Accepted(StoredIntent intent)) {
                sender.await(intent.reason(), atMost);
            }
        });
        List<Approval> left = missing(approvals);
        if (!left.isEmpty()) {
            throw new RpcException(
                    RpcException.Kind.TRANSIENT,
                    "Approval is not mined yet: asset=" + left.getFirst().asset + " spender="
                            + left.getFirst().spender);
        }
    }

    /** Whether all of this is allowed already. */
    public boolean hasApproved(List<Approval> approvals) {
        return missing(approvals).isEmpty();
    }

    /** A token of ours and who may take it. */
    public record Approval(Address asset, Address spender) {}

    private List<Approval> missing(List<Approval> all) {
        List<CallResult> answers = chain.callAll(
                all.stream()
                        .map(it -> Call.of(it.asset, Erc20.ALLOWANCE.encode(sender.address(), it.spender)))
                        .toList(),
                BlockTag.LATEST);
        List<Approval> missing = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Optional<BigInteger> allowance = answers.get(i) instanceof CallResult.Returned(String data)
                    ? Optional.of(Erc20.ALLOWANCE.decode(data).integer(0))
                    : Optional.empty();
            if (allowance.isPresent() && allowance.get().compareTo(ENOUGH) < 0) {
                missing.add(all.get(i));
            }
        }
        return missing;
    }
}
