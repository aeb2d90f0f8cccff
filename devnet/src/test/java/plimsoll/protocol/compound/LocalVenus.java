package plimsoll.protocol.compound;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Multicall3;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.venus.VenusAddresses;
import plimsoll.devnet.venus.VenusMarket;
import plimsoll.units.Address;

/** A real Venus whose every state can be written and asked about. */
final class LocalVenus implements AutoCloseable {

    private static final ContractFunction MINT = ContractFunction.of("mint(address to, uint256 amount)");

    private final Devnet devnet;
    private final VenusMarket market;
    private final VenusStorage storage;

    private LocalVenus(Devnet devnet) {
        this.devnet = devnet;
        this.market = VenusMarket.on(devnet);
        Map<Asset, Address> tokens = new EnumMap<>(Asset.class);
        for (Asset asset : Asset.values()) {
            Address token = devnet.addresses().of(asset).token();
            tokens.put(asset, token);
            // Enough for whatever cash is written; the reserve counts its cash itself.
            devnet.send(
                    market.addresses().admin(),
                    token,
                    MINT.encode(market.addresses().vToken(asset), BigInteger.TEN.pow(15 + asset.decimals())));
        }
        this.storage = new VenusStorage(market.addresses(), tokens);
    }

    static LocalVenus start(long seed) {
        return new LocalVenus(Devnet.start(DevnetSettings.ofSeed(seed)));
    }

    Devnet devnet() {
        return devnet;
    }

    VenusMarket market() {
        return market;
    }

    VenusAddresses addresses() {
        return market.addresses();
    }

    VenusStorage storage() {
        return storage;
    }

    /** Writes what was noted in {@link #storage}. */
    void write() {
        devnet.store(storage.take());
    }

    VenusReader.Seen read(boolean throughLiquidator) {
        return new VenusReader(devnet.chain(), addresses()).read(throughLiquidator);
    }

    /** The block number that calls on the head see. */
    long blockOfCalls() {
        String answer = devnet.chain()
                .call(devnet.addresses().multicall3(), Multicall3.GET_BLOCK_NUMBER.encode(), BlockTag.LATEST);
        return Multicall3.GET_BLOCK_NUMBER.decode(answer).integer(0).longValueExact();
    }

    List<CallResult> ask(List<Call> calls) {
        return devnet.chain().callAll(calls, BlockTag.LATEST);
    }

    static AbiValues values(ContractFunction function, CallResult result) {
        return switch (result) {
            case CallResult.Returned(String data) -> function.decode(data);
            case CallResult.Reverted reverted ->
                throw new AssertionError("Venus reverts: function=" + function + " reason=" + reverted);
        };
    }

    static BigInteger value(ContractFunction function, CallResult result) {
        return values(function, result).integer(0);
    }

    @Override
    public void close() {
        devnet.close();
    }
}
