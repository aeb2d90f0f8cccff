package plimsoll.executor;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiTuple;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.Executor;
import plimsoll.abi.ExecutorStep;
import plimsoll.abi.UniswapV3;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Market;
import plimsoll.devnet.artefact.Artefact;
import plimsoll.devnet.artefact.OwnContracts;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.TxHash;

/**
 * A real market with our executor on it, its owner, its operator and a treasury that is nobody else. It ends with the test class that
 * registers it; each test begins with what the class has made of it before the first.
 */
final class Stage implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    static final ContractFunction MINT = ContractFunction.of("mint(address to, uint256 amount)");
    static final String CREATE_PAIR = "createPair(address tokenA, address tokenB)";

    private static final long GAS = 10_000_000;

    private final Devnet devnet;
    private final Address owner;
    private final Address operator;
    private final Address treasury;
    private final Address executor;

    private String before = "";

    private Stage(Devnet devnet) {
        this.devnet = devnet;
        this.owner = devnet.account("owner").address();
        this.operator = devnet.account("operator").address();
        this.treasury = devnet.account("the executor's treasury").address();
        this.executor = create(
                OwnContracts.executor(sentence -> {}), Executor.CONSTRUCTOR.encode(owner, treasury, List.of(operator)));
        // Five basis points, as on the main market.
        send(
                devnet.account("deployer").address(),
                devnet.addresses().configurator(),
                ContractFunction.of("updateFlashloanPremium(uint128 newFlashloanPremium)")
                        .encode(5));
    }

    static Stage start(long seed) {
        return new Stage(Devnet.start(DevnetSettings.ofSeed(seed)));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = devnet.snapshot();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        devnet.revertTo(before);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        devnet.close();
    }

    Devnet devnet() {
        return devnet;
    }

    Market market() {
        return devnet.market();
    }

    Address owner() {
        return owner;
    }

    Address operator() {
        return operator;
    }

    Address treasury() {
        return treasury;
    }

    Address executor() {
        return executor;
    }

    Address pool() {
        return devnet.addresses().pool();
    }

    Address token(Asset asset) {
        return devnet.addresses().of(asset).token();
    }

    Address uniswapV3(Asset one, Asset other) {
        return UniswapV3.FACTORY_GET_POOL
                .decode(read(
                        devnet.addresses().swapFactory(),
                        UniswapV3.FACTORY_GET_POOL.encode(token(one), token(other), Market.SWAP_FEE)))
                .address(0);
    }

    /** Somebody with 10 WETH against 19 000 USDC, and WETH at 2 000 dollars with pools that agree: health factor 0.87. */
    Borrower somebodyBelowTheLine(String name) {
        Borrower borrower = market().borrower(name).supplies(Asset.WETH, "10").borrows(Asset.USDC, "19000");
        fall();
        return borrower;
    }

    void fall() {
        market().priceOf(Asset.WETH).fallsBy(Bps.percent(20));
        market().arbitrage();
    }

    /** All that the pool allows. */
    ExecutorStep liquidation(Address borrower) {
        return new ExecutorStep.AaveLiquidation(
                pool(), token(Asset.WETH), token(Asset.USDC), borrower, ExecutorStep.ALL);
    }

    ExecutorStep aaveFlash(BigInteger usdc, ExecutorStep... steps) {
        return new ExecutorStep.AaveFlash(pool(), token(Asset.USDC), usdc, List.of(steps));
    }

    ExecutorStep sale() {
        return ExecutorStep.Sale.uniswapV3(uniswapV3(Asset.WETH, Asset.USDC), token(Asset.WETH), token(Asset.USDC));
    }

    /** What the venue would give, to the unit, at the newest state. */
    BigInteger quote(BigInteger weth) {
        return UniswapV3.QUOTER_QUOTE_EXACT_INPUT_SINGLE
                .decode(read(
                        devnet.addresses().quoter(),
                        UniswapV3.QUOTER_QUOTE_EXACT_INPUT_SINGLE.encode(
                                List.of(token(Asset.WETH), token(Asset.USDC), weth, Market.SWAP_FEE, BigInteger.ZERO))))
                .integer(0);
    }

    BigInteger flashPremium(BigInteger amount) {
        BigInteger bps = AavePool.FLASHLOAN_PREMIUM_TOTAL
                .decode(read(pool(), AavePool.FLASHLOAN_PREMIUM_TOTAL.encode()))
                .integer(0);
        BigInteger whole = BigInteger.valueOf(10_000);
        return amount.multiply(bps).add(whole).subtract(BigInteger.ONE).divide(whole);
    }

    Receipt execute(List<ExecutorStep> steps, BigInteger minProfit) {
        return send(operator, executor, Executor.execute(steps, token(Asset.USDC), minProfit));
    }

    /** What the execution would gain now, without sending it. */
    BigInteger tried(List<ExecutorStep> steps) {
        Call call = Call.of(executor, Executor.execute(steps, token(Asset.USDC), BigInteger.ZERO))
                .from(operator);
        return Executor.EXECUTE
                .decode(devnet.chain().call(call, BlockTag.LATEST))
                .integer(0);
    }

    /** The reason for which an execution is refused. */
    String refusal(List<ExecutorStep> steps, BigInteger minProfit) {
        return refusal(operator, executor, Executor.execute(steps, token(Asset.USDC), minProfit));
    }

    String refusal(Address from, Address to, String data) {
        CallResult result = devnet.chain()
                .callAll(List.of(Call.of(to, data).from(from)), BlockTag.LATEST)
                .getFirst();
        return switch (result) {
            case CallResult.Returned(String answer) -> "accepted: " + answer;
            case CallResult.Reverted reverted -> reverted.reason().describe();
        };
    }

    /** What an execution said it gained. */
    static BigInteger profitOf(Receipt receipt) {
        return event(receipt, Executor.EXECUTED_EVENT).orElseThrow().integer("profit");
    }

    /** The first such event of a transaction. */
    static Optional<AbiValues> event(Receipt receipt, ContractEvent event) {
        return receipt.logs().stream()
                .filter(log -> log.topics().getFirst().equals(event.topic()))
                .findFirst()
                .map(log -> event.decode(log.topics(), log.data()));
    }

    /** What the first sale on a Uniswap v3 pool brought. */
    static BigInteger soldFor(Receipt receipt) {
        AbiValues swap = event(receipt, UniswapV3.POOL_SWAP_EVENT).orElseThrow();
        return swap.integer("amount0").min(swap.integer("amount1")).negate();
    }

    BigInteger held(Address token, Address account) {
        return Erc20.BALANCE_OF
                .decode(read(token, Erc20.BALANCE_OF.encode(account)))
                .integer(0);
    }

    BigInteger gained(Asset asset) {
        return held(token(asset), treasury);
    }

    BigInteger allowance(Address token, Address spender) {
        return Erc20.ALLOWANCE
                .decode(read(token, Erc20.ALLOWANCE.encode(executor, spender)))
                .integer(0);
    }

    String read(Address contract, String data) {
        return devnet.chain().call(contract, data, BlockTag.LATEST);
    }

    void fund(Address account, Asset asset, String amount) {
        send(owner, token(asset), MINT.encode(account, asset.amount(amount).raw()));
    }

    Address fixture(String name, String types, Object... arguments) {
        String encoded = AbiTuple.of(types).encode(arguments);
        return create(OwnContracts.fixture(name), encoded);
    }

    Address create(Artefact artefact, String arguments) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", owner.hex());
        fields.put("data", artefact.bytecode() + arguments.substring(2));
        return send(fields).created().orElseThrow();
    }

    /** Sends a call as anybody, signed by nobody. */
    Receipt send(Address from, Address to, String data) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", from.hex());
        fields.put("to", to.hex());
        fields.put("data", data);
        Receipt receipt = send(fields);
        if (!receipt.succeeded()) {
            throw new IllegalStateException("Transaction reverts: " + refusal(from, to, data));
        }
        return receipt;
    }

    private Receipt send(Map<String, Object> fields) {
        fields.put("gas", "0x" + Long.toHexString(GAS));
        TxHash tx = new TxHash(devnet.rpc().call("eth_sendTransaction", fields).stringValue());
        // Asked for, in a bounded loop: anvil's own waiting call can miss the block and then never answers.
        for (int attempt = 0; attempt < 20_000; attempt++) {
            Optional<Receipt> receipt = devnet.chain().receipt(tx);
            if (receipt.isPresent()) {
                return receipt.get();
            }
            LockSupport.parkNanos(500_000);
        }
        throw new IllegalStateException("The node does not take the transaction into a block: tx=" + tx);
    }
}
