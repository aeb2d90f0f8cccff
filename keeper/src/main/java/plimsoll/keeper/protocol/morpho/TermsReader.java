package plimsoll.keeper.protocol.morpho;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.Morpho;
import plimsoll.abi.MorphoPricing;
import plimsoll.abi.PreLiquidation;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.protocol.morpho.MarketTerms.Offer;
import plimsoll.keeper.watch.Batch;
import plimsoll.protocol.morpho.PreLiquidationTerms;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/** Finds out what never changes about a market, and refuses what is none. */
final class TermsReader {

    private static final Pattern ID = Pattern.compile("0x[0-9a-fA-F]{64}");
    private static final Pattern CONTRACT = Pattern.compile("0x[0-9a-fA-F]{40}");

    private static final List<ContractFunction> FEEDS = List.of(
            MorphoPricing.BASE_FEED_1,
            MorphoPricing.BASE_FEED_2,
            MorphoPricing.QUOTE_FEED_1,
            MorphoPricing.QUOTE_FEED_2);

    private final Chain chain;
    private final Address morpho;
    private final BlockAt at;

    TermsReader(Chain chain, Address morpho, BlockAt at) {
        this.chain = chain;
        this.morpho = morpho;
        this.at = at;
    }

    /**
     * A market by its name.
     *
     * @param part the market's id, or the address of a pre-liquidation contract, which names its market itself
     */
    MarketTerms read(String part) {
        if (ID.matcher(part).matches()) {
            return read(part.toLowerCase(Locale.ROOT), Optional.empty());
        }
        if (!CONTRACT.matcher(part).matches()) {
            throw refused("Morpho market is named neither by its id nor by a pre-liquidation contract: found=" + part);
        }
        Address contract = new Address(part);
        Address holder = one(contract, PreLiquidation.MORPHO).address(0);
        if (!holder.equals(morpho)) {
            throw refused("Pre-liquidation contract belongs to another Morpho: contract=" + contract + " found="
                    + holder + " expected=" + morpho);
        }
        return read(one(contract, PreLiquidation.ID).hex(0), Optional.of(offer(contract)));
    }

    private MarketTerms read(String id, Optional<Offer> offer) {
        AbiValues params = one(morpho, Morpho.ID_TO_MARKET_PARAMS, id);
        Address loan = params.address("loanToken");
        if (loan.equals(Address.ZERO)) {
            throw refused("Morpho has no such market: id=" + id + " contract=" + morpho);
        }
        Address oracle = params.address("oracle");
        return new MarketTerms(
                morpho,
                id,
                asset(MarketTerms.LOAN, loan),
                asset(MarketTerms.COLLATERAL, params.address("collateralToken")),
                oracle,
                params.address("irm"),
                Wad.ofRaw(params.integer("lltv")),
                feeds(oracle),
                offer);
    }

    private Offer offer(Address contract) {
        AbiValues terms = one(contract, PreLiquidation.PRE_LIQUIDATION_PARAMS).values(0);
        return new Offer(
                contract,
                new PreLiquidationTerms(
                        Wad.ofRaw(terms.integer("preLltv")),
                        Wad.ofRaw(terms.integer("preLCF1")),
                        Wad.ofRaw(terms.integer("preLCF2")),
                        Wad.ofRaw(terms.integer("preLIF1")),
                        Wad.ofRaw(terms.integer("preLIF2"))),
                terms.address("preLiquidationOracle"));
    }

    /** A few old tokens answer bytes32 for their symbol; their address serves as name. */
    private Asset asset(int number, Address token) {
        int decimals = one(token, Erc20.DECIMALS).integer(0).intValueExact();
        Map<Address, String> symbols = new HashMap<>();
        var batch = new Batch();
        batch.may(token, Erc20.SYMBOL, answer -> answer.ifPresent(symbol -> symbols.put(token, symbol.text(0))));
        batch.run(chain, at);
        return new Asset(number, token, symbols.getOrDefault(token, token.toString()), decimals);
    }

    /** An oracle that tells of no feeds is not to be dated, and so not acted on. */
    private List<Address> feeds(Address oracle) {
        List<Address> feeds = new ArrayList<>();
        var batch = new Batch();
        for (ContractFunction feed : FEEDS) {
            batch.may(
                    oracle,
                    feed,
                    answer -> answer.map(values -> values.address(0))
                            .filter(address -> !address.equals(Address.ZERO))
                            .ifPresent(feeds::add));
        }
        batch.run(chain, at);
        return feeds;
    }

    private AbiValues one(Address contract, ContractFunction function, Object... arguments) {
        return function.decode(chain.call(contract, function.encode(arguments), at));
    }

    private static RpcException refused(String message) {
        return new RpcException(RpcException.Kind.REJECTED, message);
    }
}
