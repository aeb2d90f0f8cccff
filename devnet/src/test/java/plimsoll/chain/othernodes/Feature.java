package plimsoll.chain.othernodes;

import java.util.List;
import java.util.Map;
import plimsoll.chain.rpc.RpcRequest;

/** What not every node offers; docs/nodes.md has the same table. */
enum Feature {
    STATE_BY_BLOCK_HASH(Offer.NOT_ON_GANACHE) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("eth_getBalance", ACCOUNT, Map.of("blockHash", block, "requireCanonical", true));
        }
    },
    BLOCK_RECEIPTS(Offer.ON_ANVIL_ONLY) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("eth_getBlockReceipts", "latest");
        }
    },
    SIMULATE_V1(Offer.ON_ANVIL_ONLY) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("eth_simulateV1", Map.of("blockStateCalls", List.of()), "latest");
        }
    },
    ACCESS_LIST(Offer.ON_ANVIL_ONLY) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("eth_createAccessList", Map.of("from", ACCOUNT, "to", ACCOUNT), "latest");
        }
    },
    BLOB_BASE_FEE(Offer.NOT_ON_GANACHE) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("eth_blobBaseFee");
        }
    },
    POOL_STATUS(Offer.ON_ANVIL_ONLY) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("txpool_status");
        }
    },
    POOL_CONTENT(Offer.NOT_ON_HARDHAT) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("txpool_content");
        }
    },
    STATE_OVERRIDE(Offer.EVERYWHERE) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of(
                    "eth_call",
                    Map.of("to", ACCOUNT),
                    "latest",
                    Map.of(ACCOUNT, Map.of("code", "0x602a60005260206000f3")));
        }
    },
    FEE_HISTORY(Offer.EVERYWHERE) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("eth_feeHistory", "0x2", "latest", List.of(10, 50));
        }
    },
    PROOF(Offer.EVERYWHERE) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("eth_getProof", ACCOUNT, List.of(), "latest");
        }
    },
    FINALIZED_TAG(Offer.EVERYWHERE) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("eth_getBlockByNumber", "finalized", false);
        }
    },
    TRACE(Offer.EVERYWHERE) {
        @Override
        RpcRequest request(String block, String tx) {
            return RpcRequest.of("debug_traceTransaction", tx);
        }
    };

    private static final String ACCOUNT = "0x00000000000000000000000000000000000000dd";

    private enum Offer {
        EVERYWHERE,
        NOT_ON_HARDHAT,
        NOT_ON_GANACHE,
        ON_ANVIL_ONLY
    }

    private final Offer offer;

    Feature(Offer offer) {
        this.offer = offer;
    }

    /**
     * A request that shows it.
     *
     * @param block the hash of a block
     * @param tx the hash of a mined transaction
     */
    abstract RpcRequest request(String block, String tx);

    boolean isOfferedBy(NodeKind kind) {
        return switch (kind) {
            case ANVIL -> true;
            case HARDHAT -> offer == Offer.EVERYWHERE || offer == Offer.NOT_ON_GANACHE;
            case GANACHE -> offer == Offer.EVERYWHERE || offer == Offer.NOT_ON_HARDHAT;
        };
    }
}
