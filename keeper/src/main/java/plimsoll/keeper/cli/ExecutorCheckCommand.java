package plimsoll.keeper.cli;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.keeper.execute.ExecutorCode;
import plimsoll.keeper.execute.ExecutorState;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

@Command(
        name = "check",
        description = {
            "Whether the configured executor is ours and ready: its code, roles, balances, allowances, and the"
                    + " contracts",
            "it works with. Exit code 1 where something is wrong."
        })
final class ExecutorCheckCommand implements Callable<Integer> {

    @Mixin
    private ExecutorOptions options = new ExecutorOptions();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private Output output;

    /** What the executor holds of an asset, which is inventory. */
    record Balance(Address token, String symbol, TokenAmount amount) {}

    /** What somebody may take from the executor; between executions nobody may take anything. */
    record Standing(Address token, Address spender, BigInteger amount) {}

    /** What {@code --json} prints. */
    record Answer(
            Address address,
            boolean codeIsOurs,
            Address owner,
            Address treasury,
            boolean paused,
            Address operator,
            boolean operatorMayExecute,
            Wei coin,
            List<Balance> balances,
            List<Standing> allowances,
            List<String> problems) {}

    @Override
    public Integer call() {
        ExecutorCode code = ExecutorOptions.code();
        ExecutorOptions.Configured configured = options.read();
        Address executor = configured.executor();
        Address operator = configured.signer().address();
        try (EndpointPool nodes = configured.nodes()) {
            Chain chain = configured.service().chainOver(nodes);
            BlockAt at = chain.head().at();
            List<String> problems = new ArrayList<>();
            boolean isOurs = code.isAt(chain.code(executor, at));
            if (!isOurs) {
                problems.add("code is not this build's");
            }
            ExecutorState state = ExecutorState.read(chain, executor, operator, at);
            List<Asset> assets = AaveReader.of(
                            chain, configured.service().market(), new Heartbeats(Duration.ofDays(1), Map.of()))
                    .assets();
            List<Standing> allowances = allowances(chain, executor, assets, configured, at);
            judge(state, configured, operator, allowances, problems);
            contracts(configured).forEach(contract -> {
                if (chain.code(contract, at).equals("0x")) {
                    problems.add("no contract is at " + contract);
                }
            });
            Answer answer = new Answer(
                    executor,
                    isOurs,
                    state.owner(),
                    state.treasury(),
                    state.paused(),
                    operator,
                    state.isOperator(),
                    chain.balance(executor, at),
                    balances(chain, executor, assets, at),
                    allowances,
                    problems);
            output.show(answer, table(answer));
            return problems.isEmpty() ? 0 : 1;
        }
    }

    private static void judge(
            ExecutorState state,
            ExecutorOptions.Configured configured,
            Address operator,
            List<Standing> allowances,
            List<String> problems) {
        configured.config().keeper().executor().treasury().ifPresent(expected -> {
            if (!expected.equals(state.treasury())) {
                problems.add("treasury is another: found=" + state.treasury() + " expected=" + expected);
            }
        });
        if (state.paused()) {
            problems.add("executor is paused");
        }
        if (!state.isOperator()) {
            problems.add("signer is no operator: signer=" + operator);
        }
        if (!state.pendingOwner().equals(Address.ZERO)) {
            problems.add("ownership is offered and not taken: to=" + state.pendingOwner());
        }
        allowances.forEach(it -> problems.add(
                "allowance stands: token=" + it.token() + " spender=" + it.spender() + " amount=" + it.amount()));
    }

    private static Set<Address> contracts(ExecutorOptions.Configured configured) {
        Set<Address> contracts = new LinkedHashSet<>();
        contracts.add(configured.service().market());
        configured.config().keeper().venue().router().ifPresent(contracts::add);
        configured.config().keeper().venue().quoter().ifPresent(contracts::add);
        return contracts;
    }

    private static List<Balance> balances(Chain chain, Address executor, List<Asset> assets, BlockAt at) {
        List<CallResult> answers = chain.callAll(
                assets.stream()
                        .map(asset -> Call.of(asset.address(), Erc20.BALANCE_OF.encode(executor)))
                        .toList(),
                at);
        List<Balance> balances = new ArrayList<>();
        for (int i = 0; i < assets.size(); i++) {
            if (answers.get(i) instanceof CallResult.Returned(String data)) {
                Asset asset = assets.get(i);
                balances.add(new Balance(
                        asset.address(),
                        asset.symbol(),
                        TokenAmount.ofRaw(Erc20.BALANCE_OF.decode(data).integer(0), asset.decimals())));
            }
        }
        return balances;
    }

    private static List<Standing> allowances(
            Chain chain, Address executor, List<Asset> assets, ExecutorOptions.Configured configured, BlockAt at) {
        List<Standing> asked = new ArrayList<>();
        for (Asset asset : assets) {
            contracts(configured)
                    .forEach(spender -> asked.add(new Standing(asset.address(), spender, BigInteger.ZERO)));
        }
        List<CallResult> answers = chain.callAll(
                asked.stream()
                        .map(it -> Call.of(it.token(), Erc20.ALLOWANCE.encode(executor, it.spender())))
                        .toList(),
                at);
        List<Standing> found = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (answers.get(i) instanceof CallResult.Returned(String data)) {
                BigInteger amount = Erc20.ALLOWANCE.decode(data).integer(0);
                if (amount.signum() > 0) {
                    found.add(new Standing(asked.get(i).token(), asked.get(i).spender(), amount));
                }
            }
        }
        return found;
    }

    private static Table table(Answer answer) {
        Table table = Table.facts()
                .row("executor", answer.address)
                .row("code", answer.codeIsOurs ? "this build's" : "another")
                .row("owner", answer.owner)
                .row("treasury", answer.treasury)
                .row("paused", answer.paused ? "yes" : "no")
                .row("operator", answer.operator + (answer.operatorMayExecute ? "" : " (may not execute)"));
        answer.balances.forEach(it -> table.row("holds", it.amount + " " + it.symbol));
        answer.problems.forEach(problem -> table.row("wrong", problem));
        return table;
    }
}
