package plimsoll.devnet.comet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;
import plimsoll.abi.AbiTuple;
import plimsoll.abi.Comet;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.artefact.OwnContracts;
import plimsoll.protocol.comet.CometTotals;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.TxHash;
import plimsoll.units.Wad;

/**
 * A market of our stand-in for Compound III beside the local Aave market, in its tokens and with USDC as base. Its feeds are its own
 * and answer what they are told.
 */
public final class LocalComet {

    public static final Asset BASE = Asset.USDC;

    /** Collateral of each kind that {@link #store} has the market count; enough for any accounts. */
    public static final BigInteger HELD_FOR_ALL = BigInteger.TWO.pow(110);

    private static final ContractFunction ANSWERS = ContractFunction.of("answers(int256 next)");
    private static final String CONFIGURATION = "(address,address,address,address,address,uint64,uint64,uint64,uint64,"
            + "uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint104,uint104,uint104,"
            + "(address,address,uint8,uint64,uint64,uint64,uint128)[])";
    private static final int RECEIPT_ATTEMPTS = 60_000;
    private static final long USERS = 5;
    private static final long COLLATERAL = 6;
    private static final long HELD = 2;

    private final Devnet devnet;
    private final Address owner;
    private final Map<Asset, Address> feeds = new EnumMap<>(Asset.class);
    private final List<CometCollateral> collateral;
    private Address market = Address.ZERO;

    private LocalComet(Devnet devnet, List<CometCollateral> collateral) {
        this.devnet = devnet;
        this.owner = devnet.account("comet governor").address();
        this.collateral = List.copyOf(collateral);
    }

    /** Deploys a market; reserves stand below {@code targetReserves} until somebody lends or pays into them. */
    public static LocalComet on(Devnet devnet, List<CometCollateral> collateral, TokenAmount targetReserves) {
        LocalComet comet = new LocalComet(devnet, collateral);
        String feed = OwnContracts.fixture("LocalFeed").bytecode();
        comet.feeds.put(BASE, comet.create(feed, "(int256)", Price.parse("1").raw()));
        for (CometCollateral it : collateral) {
            comet.feeds.put(
                    it.asset(), comet.create(feed, "(int256)", it.price().raw()));
        }
        comet.market = comet.create(
                OwnContracts.fixture("LocalComet").bytecode(),
                "(" + CONFIGURATION + ")",
                comet.configuration(targetReserves));
        comet.send(comet.owner, comet.market, Comet.INITIALIZE_STORAGE.encode());
        return comet;
    }

    public Address address() {
        return market;
    }

    /** The collateral in the market's order. */
    public List<CometCollateral> collateral() {
        return collateral;
    }

    public Address token(Asset asset) {
        return devnet.addresses().of(asset).token();
    }

    public Address feed(Asset asset) {
        return Objects.requireNonNull(feeds.get(asset), asset::name);
    }

    /** From now on the feed answers this; also zero and less, which no sane feed answers. */
    public void answers(Asset asset, BigInteger answer) {
        send(owner, feed(asset), ANSWERS.encode(answer));
    }

    public void pauses(boolean absorbing, boolean buying) {
        send(owner, market, Comet.PAUSE.encode(false, false, false, absorbing, buying));
    }

    /** Lends base tokens, or puts down collateral, that the account is given for it. */
    public void supplies(Address account, Asset asset, TokenAmount amount) {
        devnet.market().fund(account, asset, amount);
        send(account, token(asset), Erc20.APPROVE.encode(market, amount.raw()));
        send(account, market, Comet.SUPPLY.encode(token(asset), amount.raw()));
    }

    /** Borrows base tokens, or takes out what was supplied. */
    public void withdraws(Address account, Asset asset, TokenAmount amount) {
        send(account, market, Comet.WITHDRAW.encode(token(asset), amount.raw()));
    }

    /** Sends as anybody, unsigned; a transaction that reverts throws {@link IllegalStateException}. */
    public Receipt send(Address from, Address to, String data) {
        Receipt receipt = mined(Map.of("from", from.hex(), "to", to.hex(), "data", data, "gas", "0x1c00000"));
        if (!receipt.succeeded()) {
            throw new IllegalStateException("Transaction reverts: to=" + to + " selector=" + data.substring(0, 10));
        }
        return receipt;
    }

    /**
     * Writes accounts into storage, where the real market keeps them too. What is lent and borrowed in all does not move; of each
     * collateral the market counts {@link #HELD_FOR_ALL} as put down by somebody, and owns none itself.
     */
    public void store(List<StoredAccount> accounts) {
        List<RpcRequest> words = new ArrayList<>();
        for (StoredAccount account : accounts) {
            BigInteger bits = BigInteger.ZERO;
            for (int i = 0; i < collateral.size(); i++) {
                BigInteger balance = account.collateral().get(i);
                bits = balance.signum() > 0 ? bits.setBit(i) : bits;
                words.add(word(entry(token(collateral.get(i).asset()), entry(account.owner(), COLLATERAL)), balance));
            }
            BigInteger principal = account.principal().mod(BigInteger.TWO.pow(104));
            words.add(word(entry(account.owner(), BigInteger.valueOf(USERS)), principal.or(bits.shiftLeft(232))));
        }
        collateral.forEach(it -> words.add(word(entry(token(it.asset()), BigInteger.valueOf(HELD)), HELD_FOR_ALL)));
        devnet.rpc().callAll(words).forEach(answer -> answer.orThrow());
    }

    /** Writes indexes and totals into storage, where the real market keeps them too. Nothing is paused then. */
    public void store(CometTotals totals) {
        BigInteger indexes = totals.supplyIndex().or(totals.borrowIndex().shiftLeft(64));
        BigInteger amounts = totals.supplied()
                .or(totals.borrowed().shiftLeft(104))
                .or(BigInteger.valueOf(totals.lastAccrual().getEpochSecond()).shiftLeft(208));
        devnet.rpc()
                .callAll(List.of(word(BigInteger.ZERO, indexes), word(BigInteger.ONE, amounts)))
                .forEach(answer -> answer.orThrow());
    }

    private RpcRequest word(BigInteger slot, BigInteger value) {
        return RpcRequest.of("anvil_setStorageAt", market.hex(), padded(slot), padded(value));
    }

    private static BigInteger entry(Address key, long slot) {
        return entry(key, BigInteger.valueOf(slot));
    }

    private static BigInteger entry(Address key, BigInteger slot) {
        String both =
                "0x" + "0".repeat(24) + key.hex().substring(2) + padded(slot).substring(2);
        return new BigInteger(1, Hash.sha3(Numeric.hexStringToByteArray(both)));
    }

    private static String padded(BigInteger word) {
        return Numeric.toHexStringWithPrefixZeroPadded(word, 64);
    }

    /** Rates as on a busy market: supply 0 to 3.25 % below a kink of 80 %, 40 % more above; borrowing 1.5 % to 5 %, then 60 %. */
    private List<Object> configuration(TokenAmount targetReserves) {
        List<Object> assets = new ArrayList<>();
        for (CometCollateral it : collateral) {
            assets.add(List.of(
                    token(it.asset()),
                    feed(it.asset()),
                    BigInteger.valueOf(it.asset().decimals()),
                    it.borrowFactor().raw(),
                    it.liquidateFactor().raw(),
                    it.liquidationFactor().raw(),
                    BigInteger.TWO.pow(120)));
        }
        BigInteger one = BigInteger.ONE;
        return List.of(
                owner,
                owner,
                token(BASE),
                feed(BASE),
                Address.ZERO,
                wad("0.8"),
                wad("0.0325"),
                wad("0.4"),
                wad("0"),
                wad("0.8"),
                wad("0.035"),
                wad("0.6"),
                wad("0.015"),
                wad("0.6"),
                BigInteger.TEN.pow(15),
                one,
                one,
                BigInteger.TEN.pow(12),
                one,
                targetReserves.raw(),
                assets);
    }

    private static BigInteger wad(String value) {
        return Wad.parse(value).raw();
    }

    private Address create(String code, String types, Object argument) {
        String data = code + AbiTuple.of(types).encode(argument).substring(2);
        return mined(Map.of("from", owner.hex(), "data", data, "gas", "0x1c00000"))
                .created()
                .orElseThrow();
    }

    private Receipt mined(Map<String, String> transaction) {
        TxHash tx =
                new TxHash(devnet.rpc().call("eth_sendTransaction", transaction).stringValue());
        // Asked for in a bounded loop: the node's own waiting call can miss the block and then never answers.
        for (int attempt = 0; attempt < RECEIPT_ATTEMPTS; attempt++) {
            Optional<Receipt> receipt = devnet.chain().receipt(tx);
            if (receipt.isPresent()) {
                return receipt.get();
            }
            LockSupport.parkNanos(500_000);
        }
        throw new IllegalStateException("The node does not take the transaction into a block: tx=" + tx);
    }

    /**
     * An account as storage has it.
     *
     * @param principal negative for a debt
     * @param collateral tokens in the market's order
     */
    public record StoredAccount(Address owner, BigInteger principal, List<BigInteger> collateral) {
        public StoredAccount {
            collateral = List.copyOf(collateral);
        }
    }
}
