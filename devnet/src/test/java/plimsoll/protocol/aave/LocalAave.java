package plimsoll.protocol.aave;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import plimsoll.abi.PoolConfigurator;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.MarketAddresses;
import plimsoll.devnet.StoredPosition;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/**
 * A real pool in a state that shows every rounding: indexes off 1 in all reserves, debt in all of them, and a second eMode
 * category that overlaps the first and has a member with an LTV of zero.
 */
final class LocalAave implements AutoCloseable {

    /** The market's own category, and ours. */
    static final List<Integer> CATEGORIES = List.of(1, 2);

    private static final long GAS = 5_000_000;

    private final Devnet devnet;
    private final Map<Asset, Integer> reserveIds = new EnumMap<>(Asset.class);

    private LocalAave(Devnet devnet) {
        this.devnet = devnet;
    }

    static LocalAave start(long seed) {
        LocalAave aave = new LocalAave(Devnet.start(DevnetSettings.ofSeed(seed)));
        aave.addCategory();
        aave.moveIndexes();
        aave.nameReserves();
        return aave;
    }

    Devnet devnet() {
        return devnet;
    }

    Chain chain() {
        return devnet.chain();
    }

    MarketAddresses addresses() {
        return devnet.addresses();
    }

    int reserveOf(Asset asset) {
        return Objects.requireNonNull(reserveIds.get(asset), asset::name);
    }

    MarketReader reader() {
        return new MarketReader(chain(), addresses(), CATEGORIES);
    }

    /** Sends a call as anybody, signed by nobody. */
    Receipt send(Address from, Address to, String data) {
        TxHash tx = new TxHash(devnet.rpc()
                .call(
                        "eth_sendTransaction",
                        Map.of("from", from.hex(), "to", to.hex(), "data", data, "gas", "0x" + Long.toHexString(GAS)))
                .stringValue());
        // Asked for, in a bounded loop: anvil's own waiting call can miss the block and then never answers.
        for (int attempt = 0; attempt < 20_000; attempt++) {
            var receipt = chain().receipt(tx);
            if (receipt.isPresent()) {
                return receipt.get();
            }
            java.util.concurrent.locks.LockSupport.parkNanos(500_000);
        }
        throw new IllegalStateException("The node does not take the transaction into a block: tx=" + tx);
    }

    /** The same position as the contracts' storage knows it. */
    StoredPosition stored(Address owner, AaveAccount account) {
        Map<Asset, TokenAmount> supplied = new EnumMap<>(Asset.class);
        Map<Asset, TokenAmount> borrowed = new EnumMap<>(Asset.class);
        Set<Asset> idle = new HashSet<>();
        reserveIds.forEach((asset, id) -> account.holding(id).ifPresent(holding -> {
            supplied.put(asset, TokenAmount.ofRaw(holding.supplied().raw(), asset.decimals()));
            borrowed.put(asset, TokenAmount.ofRaw(holding.borrowed().raw(), asset.decimals()));
            if (!holding.usedAsCollateral()) {
                idle.add(asset);
            }
        }));
        return new StoredPosition(owner, supplied, borrowed, idle, account.eModeCategory());
    }

    private void addCategory() {
        Address admin = addresses().timelock();
        devnet.fundEther(admin, Wei.parse("10"));
        for (String data : List.of(
                PoolConfigurator.SET_EMODE_CATEGORY.encode(2, 9_100, 9_350, 10_150, "Mixed"),
                collateral(Asset.WETH),
                collateral(Asset.LINK),
                PoolConfigurator.SET_ASSET_LTVZERO_IN_EMODE.encode(
                        addresses().of(Asset.LINK).token(), 2, true))) {
            require(send(admin, addresses().configurator(), data));
        }
    }

    private String collateral(Asset asset) {
        return PoolConfigurator.SET_ASSET_COLLATERAL_IN_EMODE.encode(
                addresses().of(asset).token(), 2, true);
    }

    /** Real debt in every reserve, then time, then a touch, then time: indexes are stored off 1 and grow further. */
    private void moveIndexes() {
        devnet.market()
                .borrower("whale")
                .supplies(Asset.WETH, "200000")
                .borrows(Asset.USDC, "90000000")
                .borrows(Asset.WBTC, "1500")
                .borrows(Asset.LINK, "3000000");
        devnet.market().borrower("mirror").supplies(Asset.USDC, "200000000").borrows(Asset.WETH, "40000");
        devnet.elapse(Duration.ofDays(150));
        for (Asset asset : Asset.values()) {
            devnet.market().borrower("toucher").supplies(asset, "1");
        }
        devnet.elapse(Duration.ofDays(11));
        devnet.market().refreshFeeds();
    }

    private void nameReserves() {
        MarketReader.Seen seen = reader().read();
        for (Asset asset : Asset.values()) {
            Address token = addresses().of(asset).token();
            seen.market().reserves().stream()
                    .filter(reserve -> reserve.asset().equals(token))
                    .forEach(reserve -> reserveIds.put(asset, reserve.id()));
        }
    }

    private static void require(Receipt receipt) {
        if (!receipt.succeeded()) {
            throw new AssertionError("Preparation reverted: tx=" + receipt.txHash());
        }
    }

    @Override
    public void close() {
        devnet.close();
    }
}
