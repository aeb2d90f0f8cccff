package plimsoll.acceptance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.http.HttpService;

/** web3j's {@code HttpService} with the OkHttp client that it makes itself. */
final class Web3jContender implements RpcContender {

    private final HttpService service;
    private final Web3j web3j;

    Web3jContender(String url) {
        service = new HttpService(url);
        web3j = Web3j.build(service);
    }

    @Override
    public String name() {
        return "web3j HttpService";
    }

    @Override
    public int balance(String account) throws IOException {
        BigInteger balance = web3j.ethGetBalance(account, DefaultBlockParameterName.LATEST)
                .send()
                .getBalance();
        return balance.signum() >= 0 ? 1 : 0;
    }

    @Override
    public int call(String to, String data) throws IOException {
        String value = web3j.ethCall(
                        Transaction.createEthCallTransaction(null, to, data), DefaultBlockParameterName.LATEST)
                .send()
                .getValue();
        return value.startsWith("0x") ? 1 : 0;
    }

    @Override
    public int balances(List<String> accounts) throws IOException {
        BatchRequest batch = new BatchRequest(service);
        accounts.forEach(account -> batch.add(web3j.ethGetBalance(account, DefaultBlockParameterName.LATEST)));
        List<BigInteger> balances = new ArrayList<>(accounts.size());
        for (Response<?> response : batch.send().getResponses()) {
            balances.add(((EthGetBalance) response).getBalance());
        }
        return balances.size();
    }

    @Override
    public int logs(String emitter, long last) throws IOException {
        EthFilter query = new EthFilter(
                DefaultBlockParameterName.EARLIEST, DefaultBlockParameter.valueOf(BigInteger.valueOf(last)), emitter);
        return web3j.ethGetLogs(query).send().getLogs().size();
    }

    @Override
    public void close() {
        try {
            service.close();
            web3j.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
