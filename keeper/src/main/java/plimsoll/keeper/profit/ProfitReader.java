package plimsoll.keeper.profit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.MarketState;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Price;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/** Reads what our transactions moved and what we own; prices come from the market at each transaction's block. */
public final class ProfitReader {

    private static final int COIN_DECIMALS = 18;
    private static final int BASE_DECIMALS = 8;
    private static final int MOST_AT_ONCE = 100;

    private final Chain chain;
    private final Function<MarketBlock, MarketState> marketAt;
    private final Optional<Address> coin;
    private final Set<Address> ours;
    private final Map<BlockHash, MarketState> markets = new HashMap<>();
    private final Map<BlockHash, MarketBlock> blocks = new HashMap<>();
    private int unpriced;

    /**
     * Over one market's prices.
     *
     * @param marketAt reads the market as it stood in a block
     * @param coin the wrapped form of the chain's coin among the market's assets; without it gas counts as free
     * @param ours the accounts whose balances are ours: the signer, and the executor or treasury where there are such
     */
    public ProfitReader(
            Chain chain, Function<MarketBlock, MarketState> marketAt, Optional<Address> coin, Set<Address> ours) {
        this.chain = chain;
        this.marketAt = marketAt;
        this.coin = coin;
        this.ours = Set.copyOf(ours);
    }

    /** The report over these transactions; absent where there is none. */
    public Optional<ProfitReport> report(List<SentTransaction> sent) {
        List<Movement> movements = movements(sent);
        if (movements.isEmpty()) {
            return Optional.empty();
        }
        BlockNumber first = movements.stream()
                .map(it -> it.block().number())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        BlockNumber last = movements.stream()
                .map(it -> it.block().number())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var before = new BlockNumber(first.value() - 1);
        unpriced = 0;
        List<ProfitReport.Line> lines = lines(movements);
        return Optional.of(new ProfitReport(before, last, lines, balances(movements, before, last), unpriced));
    }

    private List<Movement> movements(List<SentTransaction> sent) {
        List<Movement> movements = new ArrayList<>();
        for (int i = 0; i < sent.size(); i += MOST_AT_ONCE) {
            List<SentTransaction> some = sent.subList(i, Math.min(sent.size(), i + MOST_AT_ONCE));
            List<Optional<Receipt>> receipts =
                    chain.receipts(some.stream().map(SentTransaction::tx).toList());
            for (int j = 0; j < some.size(); j++) {
                SentTransaction one = some.get(j);
                Receipt receipt = receipts.get(j)
                        .orElseThrow(() -> new RpcException(
                                RpcException.Kind.TRANSIENT,
                                "Node has no receipt of a transaction of ours: tx=" + one.tx()));
                movements.add(
                        new Movement(one, block(receipt), receipt.succeeded(), receipt.fee(), moved(receipt.logs())));
            }
        }
        return movements;
    }

    private MarketBlock block(Receipt receipt) {
        return blocks.computeIfAbsent(receipt.blockHash(), hash -> {
            BlockHeader header = chain.header(BlockAt.hash(hash));
            return new MarketBlock(header.number(), hash, header.time());
        });
    }

    /** By token, what these transfers brought to our accounts less what they took; between two of ours it is nothing. */
    private Map<Address, BigInteger> moved(List<EventLog> logs) {
        Map<Address, BigInteger> moved = new HashMap<>();
        for (EventLog log : logs) {
            if (log.topics().size() == 3 && log.topics().getFirst().equals(Erc20.TRANSFER_EVENT.topic())) {
                AbiValues transfer = Erc20.TRANSFER_EVENT.decode(log.topics(), log.data());
                BigInteger amount = transfer.integer("value");
                boolean isIn = ours.contains(transfer.address("to"));
                boolean isOut = ours.contains(transfer.address("from"));
                if (isIn != isOut) {
                    moved.merge(log.address(), isIn ? amount : amount.negate(), BigInteger::add);
                }
            }
        }
        return moved;
    }

    private record Key(LocalDate day, String market, String subject) {}

    private List<ProfitReport.Line> lines(List<Movement> movements) {
        Map<Key, List<Movement>> groups = new TreeMap<>(
                Comparator.comparing(Key::day).thenComparing(Key::market).thenComparing(Key::subject));
        for (Movement movement : movements) {
            LocalDate day = movement.block().time().atZone(ZoneOffset.UTC).toLocalDate();
            groups.computeIfAbsent(
                            new Key(
                                    day,
                                    movement.sent().market(),
                                    movement.sent().subject()),
                            key -> new ArrayList<>())
                    .add(movement);
        }
        List<ProfitReport.Line> lines = new ArrayList<>();
        groups.forEach((key, group) -> lines.add(new ProfitReport.Line(
                key.day,
                key.market,
                key.subject,
                group.size(),
                (int) group.stream().filter(it -> !it.succeeded()).count(),
                group.stream().map(this::value).reduce(BigDecimal.ZERO, BigDecimal::add),
                group.stream().map(this::gas).reduce(BigDecimal.ZERO, BigDecimal::add),
                group.stream().map(it -> it.fee().raw()).reduce(BigInteger.ZERO, BigInteger::add))));
        return lines;
    }

    /** Exact: nothing is rounded, so that lines add up to whatever they are grouped by. */
    private BigDecimal value(Movement movement) {
        BigDecimal value = BigDecimal.ZERO;
        for (Map.Entry<Address, BigInteger> moved : movement.tokens().entrySet()) {
            Optional<BigDecimal> worth = worth(movement.block(), moved.getKey(), moved.getValue());
            if (worth.isEmpty()) {
                unpriced++;
            }
            value = value.add(worth.orElse(BigDecimal.ZERO));
        }
        return value;
    }

    private BigDecimal gas(Movement movement) {
        return coin.flatMap(wrapped -> price(movement.block(), wrapped))
                .map(price -> exact(movement.fee().raw(), COIN_DECIMALS).multiply(exact(price.raw(), BASE_DECIMALS)))
                .orElse(BigDecimal.ZERO);
    }

    private Optional<BigDecimal> worth(MarketBlock block, Address token, BigInteger amount) {
        return market(block)
                .asset(token)
                .flatMap(asset -> market(block)
                        .price(asset.number())
                        .counted()
                        .map(price -> exact(amount, asset.decimals()).multiply(exact(price.raw(), BASE_DECIMALS))));
    }

    private Optional<Price> price(MarketBlock block, Address token) {
        return market(block)
                .asset(token)
                .flatMap(asset -> market(block).price(asset.number()).counted());
    }

    private static BigDecimal exact(BigInteger raw, int decimals) {
        return new BigDecimal(raw, decimals);
    }

    private MarketState market(MarketBlock block) {
        return markets.computeIfAbsent(block.hash(), _ -> marketAt.apply(block));
    }

    private List<ProfitReport.Balance> balances(List<Movement> movements, BlockNumber before, BlockNumber last) {
        Map<Address, BigInteger> flows = new HashMap<>();
        movements.forEach(it -> it.tokens().forEach((token, amount) -> flows.merge(token, amount, BigInteger::add)));
        List<Address> tokens = List.copyOf(new TreeSet<>(flows.keySet()));
        Map<Address, BigInteger> others = others(movements, tokens, before, last);
        Map<Address, BigInteger> start = held(tokens, before);
        Map<Address, BigInteger> end = held(tokens, last);
        Map<Address, String> symbols = new HashMap<>();
        movements.forEach(it ->
                market(it.block()).assets().forEach((Asset asset) -> symbols.put(asset.address(), asset.symbol())));
        List<ProfitReport.Balance> balances = new ArrayList<>();
        balances.add(new ProfitReport.Balance(
                Address.ZERO,
                "coin",
                movements.stream()
                        .map(it -> it.fee().raw())
                        .reduce(BigInteger.ZERO, BigInteger::add)
                        .negate(),
                BigInteger.ZERO,
                coins(last).subtract(coins(before))));
        for (Address token : tokens) {
            balances.add(new ProfitReport.Balance(
                    token,
                    symbols.getOrDefault(token, token.toString()),
                    flows.getOrDefault(token, BigInteger.ZERO),
                    others.getOrDefault(token, BigInteger.ZERO),
                    end.getOrDefault(token, BigInteger.ZERO).subtract(start.getOrDefault(token, BigInteger.ZERO))));
        }
        return balances;
    }

    /** Transfers into and out of our accounts by transactions that are not ours: somebody put in funds, or took some. */
    private Map<Address, BigInteger> others(
            List<Movement> movements, List<Address> tokens, BlockNumber before, BlockNumber last) {
        if (tokens.isEmpty()) {
            return Map.of();
        }
        Set<TxHash> known = new HashSet<>();
        movements.forEach(it -> known.add(it.sent().tx()));
        List<String> transfer = List.of(Erc20.TRANSFER_EVENT.topic());
        List<String> from = ours.stream()
                .map(it -> Erc20.TRANSFER_EVENT.topicOf("from", it))
                .toList();
        List<String> to =
                ours.stream().map(it -> Erc20.TRANSFER_EVENT.topicOf("to", it)).toList();
        var first = new BlockNumber(before.value() + 1);
        List<EventLog> logs = new ArrayList<>(chain.logs(new LogQuery(tokens, List.of(transfer, from)), first, last));
        Set<String> seen = new HashSet<>();
        logs.forEach(log -> seen.add(log.blockHash() + "/" + log.index()));
        chain.logs(new LogQuery(tokens, List.of(transfer, List.of(), to)), first, last).stream()
                .filter(log -> !seen.contains(log.blockHash() + "/" + log.index()))
                .forEach(logs::add);
        logs.removeIf(log -> known.contains(log.txHash()));
        return moved(logs);
    }

    private BigInteger coins(BlockNumber at) {
        return ours.stream()
                .map(account -> chain.balance(account, BlockAt.number(at)))
                .map(Wei::raw)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private Map<Address, BigInteger> held(List<Address> tokens, BlockNumber at) {
        List<Call> calls = new ArrayList<>();
        List<Address> of = new ArrayList<>();
        for (Address token : tokens) {
            for (Address account : ours) {
                calls.add(Call.of(token, Erc20.BALANCE_OF.encode(account)));
                of.add(token);
            }
        }
        List<CallResult> answers = chain.callAll(calls, BlockAt.number(at));
        Map<Address, BigInteger> held = new HashMap<>();
        for (int i = 0; i < of.size(); i++) {
            if (!(answers.get(i) instanceof CallResult.Returned(String data))) {
                throw new RpcException(
                        RpcException.Kind.REJECTED,
                        "Token does not tell a balance: token=" + of.get(i) + " block=" + at);
            }
            held.merge(of.get(i), Erc20.BALANCE_OF.decode(data).integer(0), BigInteger::add);
        }
        return held;
    }
}
