package plimsoll.devnet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import plimsoll.abi.AavePool;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;
import plimsoll.units.Wei;

/** Everything that {@link Devnet} puts on an empty chain, in the order in which one part needs another. */
final class Deployment {

    static final String VOTER = "voter";
    static final ContractFunction MINT = ContractFunction.of("mint(address to, uint256 amount)");

    private static final BigInteger PLENTY_OF_TOKENS = BigInteger.TEN.pow(14);
    private static final BigInteger UNLIMITED = BigInteger.TWO.pow(255);

    private final DevnetSettings settings;
    private final Node node;
    private final Deployer deployer;
    private final Address maker;
    private final Address reporter;
    private final Address voter;
    private final Address treasury;

    Deployment(DevnetSettings settings, Artefacts artefacts, Node node) {
        this.settings = settings;
        this.node = node;
        this.deployer = new Deployer(node, artefacts, account("deployer"));
        this.maker = account("market maker");
        this.reporter = account("feed reporter");
        this.voter = account(VOTER);
        this.treasury = account("treasury");
    }

    void fund(Wei ether) {
        node.fund(Stream.of(deployer.owner(), maker, reporter, voter).toList(), ether);
    }

    Market create() {
        Address multicall = deployer.create("Multicall3");
        Map<Asset, Address> tokens = createTokens();
        Address link = Objects.requireNonNull(tokens.get(Asset.LINK));
        Map<Asset, FeedDeployment> feedAddresses = new EnumMap<>(Asset.class);
        for (Asset asset : Asset.values()) {
            feedAddresses.put(asset, FeedDeployment.create(deployer, asset, link, reporter));
        }
        Feeds feeds = new Feeds(node, reporter, feedAddresses);
        feeds.submit(settings.prices());
        MarketDeployment.Deployed aave = new MarketDeployment(deployer, tokens, feedAddresses).create(treasury);
        GovernanceDeployment governance = GovernanceDeployment.create(deployer, voter, aave.aclManager());
        lend(aave, tokens);
        Venue venue = Venue.create(deployer, maker, tokens, settings.prices());
        MarketAddresses addresses = new MarketAddresses(
                settings.chainId(),
                aave.addressesProvider(),
                aave.pool(),
                aave.configurator(),
                aave.aclManager(),
                aave.oracle(),
                aave.protocolDataProvider(),
                treasury,
                governance.governor(),
                governance.timelock(),
                governance.token(),
                multicall,
                venue.factory(),
                venue.router(),
                venue.quoter(),
                aave.reserves());
        return new Market(settings.seed(), node, addresses, feeds, venue);
    }

    private Map<Asset, Address> createTokens() {
        Map<Asset, Address> tokens = new EnumMap<>(Asset.class);
        List<Node.Sending> mints = new ArrayList<>();
        for (Asset asset : Asset.values()) {
            Address token = deployer.create(
                    "MintableToken", "(string,string,uint8)", asset.title(), asset.name(), asset.decimals());
            tokens.put(asset, token);
            BigInteger plenty = PLENTY_OF_TOKENS.multiply(BigInteger.TEN.pow(asset.decimals()));
            mints.add(Node.Sending.of(maker, token, MINT.encode(maker, plenty)));
        }
        node.sendAll(mints);
        return tokens;
    }

    /** The market maker lends of everything, so that borrowers find what they ask for. */
    private void lend(MarketDeployment.Deployed aave, Map<Asset, Address> tokens) {
        List<Node.Sending> sendings = new ArrayList<>();
        tokens.forEach((asset, token) -> {
            sendings.add(Node.Sending.of(maker, token, Erc20.APPROVE.encode(aave.pool(), UNLIMITED)));
            BigInteger lent = asset.amount(ReserveParameters.of(asset).lent()).raw();
            sendings.add(Node.Sending.of(maker, aave.pool(), AavePool.SUPPLY.encode(token, lent, maker, 0)));
        });
        node.sendAll(sendings);
    }

    private Address account(String name) {
        return Account.of(settings.seed(), name).address();
    }
}
