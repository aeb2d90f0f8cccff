package plimsoll.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractEvent;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.fork.ForkOrigin;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Wei;

/**
 * A chain of our own with a real lending market on it: Aave v3.6, Chainlink feeds, a governor behind a timelock, Uniswap
 * v3. It mines each transaction at once until told otherwise. Closing it ends its node.
 */
public final class Devnet implements AutoCloseable {

    private static final Wei POCKET_MONEY = Wei.parse("10000");
    private static final Duration DEPLOYMENT_SPACING = Duration.ofSeconds(1);

    private final DevnetSettings settings;
    private final Path anvil;
    private final Node node;
    private final Market market;
    private final Governance governance;
    private final List<LocalNode> forked = new ArrayList<>();
    private LocalNode process;
    private RpcClient rpc;

    private Devnet(
            DevnetSettings settings,
            Path anvil,
            LocalNode process,
            RpcClient rpc,
            Node node,
            Market market,
            Governance governance) {
        this.settings = settings;
        this.anvil = anvil;
        this.process = process;
        this.rpc = rpc;
        this.node = node;
        this.market = market;
        this.governance = governance;
    }

    /** Starts the node and deploys the market; the first start on a machine downloads and compiles, too. */
    public static Devnet start(DevnetSettings settings) {
        Artefacts artefacts = Artefacts.prepare(settings.progress());
        Path anvil = artefacts.anvil();
        LocalNode process = LocalNode.start(nodeSettings(settings, anvil));
        RpcClient rpc = RpcClient.to(process.rpcUrl());
        try {
            settings.progress().accept("Deploying the market");
            Node node = new Node(rpc);
            node.blockSpacing(DEPLOYMENT_SPACING);
            Deployment deployment = new Deployment(settings, artefacts, node);
            deployment.fund(POCKET_MONEY);
            Market market = deployment.create();
            node.blockSpacing(settings.blockSpacing());
            Account voter = Account.of(settings.seed(), Deployment.VOTER);
            return new Devnet(
                    settings,
                    anvil,
                    process,
                    rpc,
                    node,
                    market,
                    new Governance(node, market.addresses(), voter.address()));
        } catch (RuntimeException e) {
            rpc.close();
            process.close();
            throw e;
        }
    }

    public Market market() {
        return market;
    }

    public Governance governance() {
        return governance;
    }

    public MarketAddresses addresses() {
        return market.addresses();
    }

    public String rpcUrl() {
        return process.rpcUrl();
    }

    /** The chain as anybody reads it. */
    public Chain chain() {
        return node.chain();
    }

    /** The node itself, for what this class has no word for. */
    public RpcClient rpc() {
        return rpc;
    }

    /** Whoever puts more contracts on this chain, of another kit than the market's, in the name of an account of its own. */
    public Deployer deployer(String name, Artefacts artefacts) {
        return new Deployer(node, artefacts, account(name).address());
    }

    public LocalNode process() {
        return process;
    }

    /** Somebody with 10 000 ether for gas; the same name is the same account. */
    public Account account(String name) {
        Account account = Account.of(settings.seed(), name);
        node.fund(List.of(account.address()), POCKET_MONEY);
        return account;
    }

    /** How many transactions of the account are mined. */
    public long nonceOf(Account account) {
        return chain().transactionCount(account.address(), BlockTag.LATEST).value();
    }

    /** Sends as anybody, without a signature; a transaction that reverts throws {@link IllegalStateException}. */
    public Receipt send(Address from, Address to, String data) {
        return node.send(from, to, data);
    }

    /** Creates a contract in the name of anybody: creation code, the constructor's arguments behind it. */
    public Address create(Address from, String code) {
        return node.create(from, code);
    }

    /** Writes contracts' storage from outside. */
    public void store(List<StorageWord> words) {
        node.store(words);
    }

    public void fundEther(Address account, Wei ether) {
        node.fund(List.of(account), ether);
    }

    /** What a contract has said of one kind since the chain began, in order. */
    public List<AbiValues> events(Address contract, ContractEvent event) {
        return node.logs(contract, event, new BlockNumber(0)).stream()
                .map(log -> event.decode(log.topics(), log.data()))
                .toList();
    }

    public void mine(long blocks) {
        node.mine(blocks);
    }

    /** Moves the chain's clock by mining one block that much later. */
    public void elapse(Duration time) {
        node.nextBlockAt(node.now().plus(time));
        node.mine(1);
    }

    /** From now on a block appears in this rhythm of our clock, whole seconds, whether or not there is a transaction. */
    public void mineEvery(Duration period) {
        node.mineEvery(period);
    }

    /** From now on there is a block only where somebody asks for it. */
    public void stopMining() {
        node.stopMining();
    }

    /** From now on each transaction gets a block at once. */
    public void mineEachTransaction() {
        node.mineEachTransaction();
    }

    public Instant now() {
        return node.now();
    }

    public BlockNumber blockNumber() {
        return node.blockNumber();
    }

    /** Remembers the whole state; {@link #revertTo} returns to it once. */
    public String snapshot() {
        return node.snapshot();
    }

    public void revertTo(String snapshot) {
        node.revertTo(snapshot);
    }

    /**
     * Goes on in a second node, which begins with all that this one holds and has another URL. It keeps only what changes from then on
     * and computes no state roots: with a hundred thousand positions a block takes milliseconds, and not most of a second.
     */
    public void goOnInFork() {
        LocalNode fork = LocalNode.start(forkSettings().forking(ForkOrigin.newest(process.rpcUrl())));
        rpc.close();
        forked.add(process);
        process = fork;
        rpc = RpcClient.to(fork.rpcUrl());
        node.moveTo(rpc);
        node.blockSpacing(settings.blockSpacing());
    }

    private LocalNodeSettings forkSettings() {
        LocalNodeSettings first = nodeSettings(settings, anvil);
        return new LocalNodeSettings(
                anvil,
                0,
                first.output()
                        .resolveSibling(
                                "fork-" + forked.size() + "-" + first.output().getFileName()),
                first.options());
    }

    @Override
    public void close() {
        rpc.close();
        process.close();
        forked.forEach(LocalNode::close);
    }

    private static LocalNodeSettings nodeSettings(DevnetSettings settings, Path anvil) {
        List<String> options = new ArrayList<>(List.of(
                "--chain-id",
                Long.toString(settings.chainId().value()),
                "--hardfork",
                "cancun",
                "--timestamp",
                Long.toString(settings.genesis().getEpochSecond()),
                "--accounts",
                "1",
                "--auto-impersonate",
                "--no-request-size-limit"));
        settings.keptStates().ifPresent(states -> {
            options.add("--prune-history");
            if (states > 0) {
                options.add(Integer.toString(states));
            }
        });
        return new LocalNodeSettings(
                anvil, settings.port(), settings.output().orElseGet(Devnet::temporaryOutput), options);
    }

    private static Path temporaryOutput() {
        try {
            Path file = Files.createTempFile("plimsoll-devnet-", ".log");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary file for the node's output", e);
        }
    }
}
