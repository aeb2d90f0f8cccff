package plimsoll.acceptance.bench;

import java.util.List;

/** A JSON-RPC client under measurement; every method reads what came as numbers or records, as its users would. */
interface RpcContender extends AutoCloseable {

    String name();

    /** One balance. */
    int balance(String account) throws Exception;

    /** What one call returns. */
    int call(String to, String data) throws Exception;

    /** Many balances in one exchange. */
    int balances(List<String> accounts) throws Exception;

    /** All logs of a contract up to a block, as records. */
    int logs(String emitter, long last) throws Exception;

    @Override
    void close();
}
