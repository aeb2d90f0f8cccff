package plimsoll.chain.othernodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.devnet.artefact.OtherNodes;
import plimsoll.units.Address;

/** The nodes that the chain suite runs on, with the words that each has for what a test needs. */
enum NodeKind {
    ANVIL("anvil_setBalance", "anvil_setCode"),
    HARDHAT("hardhat_setBalance", "hardhat_setCode"),
    GANACHE("evm_setAccountBalance", "evm_setAccountCode");

    private static final String HARDHAT_SETTINGS = """
            module.exports = {
              solidity: "0.8.27",
              networks: { hardhat: { chainId: 31337, mining: { auto: false, interval: 0 } } },
            };
            """;

    private final String setBalance;
    private final String setCode;

    NodeKind(String setBalance, String setCode) {
        this.setBalance = setBalance;
        this.setCode = setCode;
    }

    /** A node of chain 31337 that mines when told to. */
    ChildNode start(Path folder) throws IOException {
        Path output = folder.resolve("node.log");
        int port = freePort();
        ChildNode node = switch (this) {
            case ANVIL ->
                ChildNode.start(
                        folder,
                        output,
                        port,
                        List.of(
                                Artefacts.prepare(sentence -> {}).anvil().toString(),
                                "--no-mining",
                                "--port",
                                Integer.toString(port)));
            case HARDHAT -> {
                Path packages = OtherNodes.prepare(sentence -> {});
                Files.writeString(folder.resolve("hardhat.config.js"), HARDHAT_SETTINGS);
                Files.writeString(folder.resolve("package.json"), "{}");
                Files.createSymbolicLink(folder.resolve("node_modules"), packages.resolve("node_modules"));
                yield ChildNode.start(
                        folder,
                        output,
                        port,
                        List.of(
                                "node",
                                "node_modules/hardhat/internal/cli/bootstrap.js",
                                "node",
                                "--hostname",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(port)));
            }
            case GANACHE ->
                ChildNode.start(
                        folder,
                        output,
                        port,
                        List.of(
                                "node",
                                OtherNodes.prepare(sentence -> {})
                                        .resolve("node_modules/ganache/dist/node/cli.js")
                                        .toString(),
                                "--server.host",
                                "127.0.0.1",
                                "--server.port",
                                Integer.toString(port),
                                "--chain.chainId",
                                "31337",
                                "--wallet.deterministic"));
        };
        if (this == GANACHE) {
            try (RpcClient rpc = RpcClient.to(node.url())) {
                rpc.call("miner_stop");
            }
        }
        return node;
    }

    void fund(RpcClient rpc, Address account) {
        rpc.call(setBalance, account.hex(), "0x56bc75e2d63100000");
    }

    void place(RpcClient rpc, Address contract, String code) {
        rpc.call(setCode, contract.hex(), code);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
