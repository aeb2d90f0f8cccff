package plimsoll.keeper.cli;

import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.abi.Erc20;
import plimsoll.abi.Executor;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.keeper.execute.ExecutorState;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.TokenAmount;
import plimsoll.units.TxHash;

@Command(
        name = "withdraw",
        description = {
            "Takes a token (or the chain's coin) out of the executor, to its treasury and nowhere else.",
            "The configured signer must be the owner; where it is not, the call's bytes are shown for the owner to"
                    + " send."
        })
final class ExecutorWithdrawCommand implements Callable<Integer> {

    private static final String COIN = "coin";
    private static final int COIN_DECIMALS = 18;

    @Mixin
    private ExecutorOptions options = new ExecutorOptions();

    @Option(
            names = "--token",
            required = true,
            paramLabel = "ADDRESS|coin",
            description = "Which token; coin is the chain's own.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String token;

    @Option(
            names = "--at-most",
            paramLabel = "AMOUNT",
            description = "No more than this, in whole tokens; default: all.")
    private Optional<String> cap = Optional.empty();

    @Option(names = "--dry-run", description = "Send nothing; say what would be sent.")
    private boolean dryRun;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private Output output;

    /** What {@code --json} prints. */
    record Answer(
            Address executor,
            String token,
            TokenAmount held,
            TokenAmount amount,
            Address to,
            boolean dryRun,
            String data,
            Optional<TxHash> transaction) {}

    @Override
    public Integer call() {
        ExecutorOptions.Configured configured = options.read();
        Address executor = configured.executor();
        Signer signer = configured.signer();
        Address what = token.equals(COIN) ? Address.ZERO : ExecutorDeployCommand.address(token, "--token");
        try (EndpointPool nodes = configured.nodes()) {
            Chain chain = configured.service().chainOver(nodes);
            BlockHeader head = chain.head();
            ExecutorState state = ExecutorState.read(chain, executor, signer.address(), head.at());
            requireTreasury(configured, state);
            TokenAmount held = held(chain, what, executor, head);
            TokenAmount amount =
                    cap.map(text -> held.min(amount(text, held.decimals()))).orElse(held);
            String data = Executor.WITHDRAW.encode(what, amount.raw(), state.treasury());
            Optional<TxHash> sent = Optional.empty();
            if (!dryRun && !amount.isZero()) {
                if (!signer.address().equals(state.owner())) {
                    throw CommandFailure.usage(
                            "Signer is not the owner, who may send this instead: owner=" + state.owner() + " to="
                                    + executor + " data=" + data,
                            "plimsoll.signer");
                }
                OneTransaction transaction = new OneTransaction(configured, chain, signer);
                Gas limit = transaction.tried(executor, data);
                String reason = "executor/withdraw/" + executor.hex() + "/" + what.hex() + "/" + head.number();
                sent = Optional.of(transaction.send(reason, executor, data, limit));
            }
            Answer answer = new Answer(executor, token, held, amount, state.treasury(), dryRun, data, sent);
            output.show(answer, table(answer));
        }
        return 0;
    }

    private static void requireTreasury(ExecutorOptions.Configured configured, ExecutorState state) {
        Address expected = configured.treasury();
        if (!expected.equals(state.treasury())) {
            throw CommandFailure.configuration(
                    "Executor's treasury is another than configured: found=" + state.treasury() + " expected="
                            + expected,
                    ExecutorOptions.TREASURY_KEY);
        }
    }

    private static TokenAmount held(Chain chain, Address what, Address executor, BlockHeader head) {
        if (what.equals(Address.ZERO)) {
            return TokenAmount.ofRaw(chain.balance(executor, head.at()).raw(), COIN_DECIMALS);
        }
        int decimals = Erc20.DECIMALS
                .decode(chain.call(what, Erc20.DECIMALS.encode(), BlockTag.LATEST))
                .integer(0)
                .intValueExact();
        BigInteger raw = Erc20.BALANCE_OF
                .decode(chain.call(what, Erc20.BALANCE_OF.encode(executor), head.at()))
                .integer(0);
        return TokenAmount.ofRaw(raw, decimals);
    }

    private static TokenAmount amount(String text, int decimals) {
        return OptionText.parsed("--at-most", text, "no amount", it -> TokenAmount.parse(it, decimals));
    }

    private static Table table(Answer answer) {
        Table table = Table.facts()
                .row("executor", answer.executor)
                .row("holds", answer.held)
                .row(answer.transaction.isPresent() ? "withdrawn" : "would be withdrawn", answer.amount)
                .row("to", answer.to);
        answer.transaction.ifPresent(tx -> table.row("transaction", tx));
        return table.row("data", answer.data);
    }
}
