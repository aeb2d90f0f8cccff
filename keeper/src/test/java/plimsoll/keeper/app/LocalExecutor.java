package plimsoll.keeper.app;

import java.util.List;
import plimsoll.abi.Executor;
import plimsoll.chain.call.LogQuery;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.artefact.OwnContracts;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;

/** Our executor on a devnet, with the account "keeper" as operator and a treasury that is nobody else. */
final class LocalExecutor {

    private LocalExecutor() {}

    static Address deployOn(Devnet devnet) {
        Address owner = devnet.account("owner").address();
        String roles = Executor.CONSTRUCTOR.encode(
                owner, treasury(devnet), List.of(devnet.account("keeper").address()));
        return devnet.create(owner, OwnContracts.executor(sentence -> {}).bytecode() + roles.substring(2));
    }

    /** What each of its executions used. */
    static List<Gas> gasUsed(Devnet devnet, Address executor) {
        LogQuery executions = LogQuery.of(List.of(executor), List.of(Executor.EXECUTED_EVENT.topic()));
        return devnet.chain().logs(executions, new BlockNumber(0), devnet.blockNumber()).stream()
                .map(log -> devnet.chain().receipt(log.txHash()).orElseThrow().gasUsed())
                .toList();
    }

    static Address treasury(Devnet devnet) {
        return devnet.account("the executor's treasury").address();
    }
}
