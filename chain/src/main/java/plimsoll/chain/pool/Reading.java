package plimsoll.chain.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.rpc.RpcRequest;
import tools.jackson.databind.JsonNode;

/** What a request is to the pool, with every moving name of a block replaced by the block that is meant. */
sealed interface Reading {

    /** Money may depend on it: put to a quorum. */
    record Compared(Question question) implements Reading {}

    /** The pool knows it already. */
    record Known(JsonNode answer) implements Reading {}

    /** A signed transaction: sent everywhere. */
    record Sent() implements Reading {}

    /** Any one endpoint may answer, and a second one as well. */
    record Plain() implements Reading {}

    /** May change something, or nobody knows what it does: one endpoint, once. */
    record Once() implements Reading {}

    /** The blocks that moving names stand for. */
    interface Blocks {

        Head latest();

        JsonNode latestHeader();

        /** The header of "safe" or "finalized" that enough endpoints know, NullNode where the chain has none. */
        JsonNode tagged(String tag);

        OptionalLong heightOf(String hash);

        default Place place(String hash) {
            return new Place(heightOf(hash).orElse(-1), Optional.of(hash));
        }
    }

    Set<String> IDEMPOTENT = Set.of(
            "eth_getBalance",
            "eth_getCode",
            "eth_getTransactionCount",
            "eth_getStorageAt",
            "eth_call",
            "eth_estimateGas",
            "eth_gasPrice",
            "eth_maxPriorityFeePerGas",
            "eth_blobBaseFee",
            "eth_feeHistory",
            "eth_createAccessList",
            "eth_simulateV1",
            "eth_getProof",
            "eth_getTransactionByHash",
            "eth_getTransactionByBlockHashAndIndex",
            "eth_getTransactionByBlockNumberAndIndex",
            "eth_getBlockTransactionCountByHash",
            "eth_getBlockTransactionCountByNumber",
            "eth_getUncleCountByBlockNumber",
            "eth_getUncleCountByBlockHash",
            "eth_getBlockByNumber",
            "eth_getBlockByHash",
            "eth_getBlockReceipts",
            "eth_getLogs",
            "eth_syncing",
            "eth_protocolVersion",
            "eth_accounts",
            "net_version",
            "net_peerCount",
            "net_listening",
            "web3_clientVersion",
            "web3_sha3",
            "txpool_status",
            "txpool_content",
            "txpool_contentFrom",
            "txpool_inspect",
            "rpc_modules",
            "debug_traceTransaction",
            "debug_traceCall",
            "debug_traceBlockByHash",
            "debug_traceBlockByNumber",
            "anvil_nodeInfo",
            "hardhat_metadata");

    static Reading of(RpcRequest request, Blocks blocks) {
        List<?> params = request.params();
        return switch (request.method()) {
            case "eth_sendRawTransaction" -> new Sent();
            case "eth_chainId" -> compared(request, Essence.QUANTITY, Place.NONE);
            case "eth_blockNumber" -> new Known(blocks.latestHeader().path("number"));
            case "eth_getBlockByNumber" -> blockByNumber(request, blocks);
            case "eth_getBlockByHash" ->
                named(params, 0)
                        .<Reading>map(hash -> compared(request, block(params), blocks.place(hash)))
                        .orElse(new Plain());
            case "eth_getTransactionReceipt" -> compared(request, Essence.RECEIPT, Place.NONE);
            case "eth_getBlockReceipts" -> state(request, 0, Essence.RECEIPTS, false, blocks);
            case "eth_getLogs" -> logs(request, blocks);
            case "eth_call" -> state(request, 1, Essence.BYTES, true, blocks);
            case "eth_getCode" -> state(request, 1, Essence.BYTES, true, blocks);
            case "eth_getBalance", "eth_getTransactionCount" -> state(request, 1, Essence.QUANTITY, true, blocks);
            case "eth_getStorageAt" -> state(request, 2, Essence.WORD, true, blocks);
            case "eth_feeHistory" -> state(request, 1, Essence.FEES, false, blocks);
            default -> IDEMPOTENT.contains(request.method()) ? new Plain() : new Once();
        };
    }

    private static Compared compared(RpcRequest request, Essence essence, Place place) {
        return new Compared(new Question(request, Optional.empty(), essence, place));
    }

    private static Essence block(List<?> params) {
        Object full = params.size() > 1 ? params.get(1) : false;
        return Boolean.TRUE.equals(full) || (full instanceof JsonNode json && json.asBoolean(false))
                ? Essence.BLOCK
                : Essence.HEADER;
    }

    private static Reading blockByNumber(RpcRequest request, Blocks blocks) {
        List<?> params = request.params();
        String at = named(params, 0).orElse("latest");
        Essence essence = block(params);
        return switch (at) {
            case "latest" ->
                essence == Essence.HEADER
                        ? new Known(blocks.latestHeader())
                        : inFull(blocks.latest().hash().hex());
            case "safe", "finalized" -> {
                JsonNode header = blocks.tagged(at);
                yield essence == Essence.HEADER || header.isNull()
                        ? new Known(header)
                        : inFull(header.path("hash").stringValue());
            }
            case "pending" -> new Plain();
            default -> {
                OptionalLong number = number(at);
                yield number.isPresent()
                        ? compared(request, essence, Place.number(number.getAsLong()))
                        : new Plain(); // malformed: the node says so better
            }
        };
    }

    private static Reading inFull(String hash) {
        return compared(RpcRequest.of("eth_getBlockByHash", hash, true), Essence.BLOCK, Place.hash(hash));
    }

    /** A read whose parameter at {@code index} names a block. */
    private static Reading state(RpcRequest request, int index, Essence essence, boolean byHash, Blocks blocks) {
        List<?> params = request.params();
        if (params.size() < index) {
            return new Plain();
        }
        Optional<String> hash = member(params, index, "blockHash");
        Optional<String> height = member(params, index, "blockNumber");
        String at = hash.or(() -> height).or(() -> named(params, index)).orElse(params.size() == index ? "latest" : "");
        if (at.equals("pending")) {
            return new Plain();
        }
        if (at.equals("latest")) {
            return pinned(request, index, essence, byHash, blocks.latest());
        }
        if (at.equals("safe") || at.equals("finalized")) {
            JsonNode header = blocks.tagged(at);
            return header.isNull() ? new Plain() : pinned(request, index, essence, byHash, HeadTracker.head(header));
        }
        if (at.length() == 66) {
            OptionalLong number = blocks.heightOf(at);
            Optional<RpcRequest> byNumber = byHash && number.isPresent()
                    ? Optional.of(with(request, index, hex(number.getAsLong())))
                    : Optional.empty();
            return new Compared(new Question(request, byNumber, essence, blocks.place(at)));
        }
        OptionalLong number = number(at);
        return number.isPresent() ? compared(request, essence, Place.number(number.getAsLong())) : new Plain();
    }

    private static Reading pinned(RpcRequest request, int index, Essence essence, boolean byHash, Head head) {
        RpcRequest byNumber = with(request, index, hex(head.number().value()));
        if (!byHash) {
            return compared(byNumber, essence, Place.number(head.number().value()));
        }
        Map<String, Object> at = new LinkedHashMap<>();
        at.put("blockHash", head.hash().hex());
        at.put("requireCanonical", true);
        Place place = new Place(head.number().value(), Optional.of(head.hash().hex()));
        return new Compared(new Question(with(request, index, at), Optional.of(byNumber), essence, place));
    }

    private static Reading logs(RpcRequest request, Blocks blocks) {
        List<?> params = request.params();
        Map<String, Object> filter = params.isEmpty() ? Map.of() : fields(params.getFirst());
        Optional<String> hash = text(filter.get("blockHash"));
        if (hash.isPresent()) {
            return compared(request, Essence.LOGS, blocks.place(hash.get()));
        }
        Map<String, Object> pinned = new LinkedHashMap<>(filter);
        long last = -1;
        for (String end : List.of("fromBlock", "toBlock")) {
            String at = text(filter.get(end)).orElse("latest");
            if (at.equals("pending")) {
                return new Plain();
            }
            if (at.equals("safe") || at.equals("finalized")) {
                JsonNode header = blocks.tagged(at);
                if (header.isNull()) {
                    return new Plain();
                }
                at = header.path("number").stringValue();
            }
            OptionalLong number = at.equals("latest")
                    ? OptionalLong.of(blocks.latest().number().value())
                    : number(at);
            if (number.isEmpty()) {
                return new Plain();
            }
            pinned.put(end, hex(number.getAsLong()));
            last = number.getAsLong();
        }
        return compared(RpcRequest.of("eth_getLogs", pinned), Essence.LOGS, Place.number(last));
    }

    private static RpcRequest with(RpcRequest request, int index, Object block) {
        List<Object> params = new ArrayList<>(request.params());
        if (params.size() == index) {
            params.add(block);
        } else {
            params.set(index, block);
        }
        return new RpcRequest(request.method(), params);
    }

    private static Optional<String> named(List<?> params, int index) {
        return index < params.size() ? text(params.get(index)) : Optional.empty();
    }

    private static Optional<String> member(List<?> params, int index, String name) {
        return index < params.size() ? text(fields(params.get(index)).get(name)) : Optional.empty();
    }

    private static Optional<String> text(@Nullable Object value) {
        return switch (value) {
            case String text -> Optional.of(text);
            case JsonNode json when json.isString() -> Optional.of(json.stringValue());
            case null, default -> Optional.empty();
        };
    }

    private static Map<String, Object> fields(@Nullable Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, field) -> fields.put(String.valueOf(key), field));
        } else if (value instanceof JsonNode json && json.isObject()) {
            json.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        }
        return fields;
    }

    private static OptionalLong number(String text) {
        if (text.equals("earliest")) {
            return OptionalLong.of(0);
        }
        try {
            return text.startsWith("0x") && text.length() <= 18
                    ? OptionalLong.of(Long.parseLong(text.substring(2), 16))
                    : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
