package plimsoll.devnet;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import plimsoll.abi.AclManager;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20Votes;
import plimsoll.abi.Timelock;
import plimsoll.units.Address;

/** Governor, timelock and voting token. The timelock becomes the market's risk admin; its deployer keeps no right to it. */
record GovernanceDeployment(Address governor, Address timelock, Address token) {

    static final int VOTING_DELAY_BLOCKS = 1;
    static final int VOTING_PERIOD_BLOCKS = 6;
    static final Duration TIMELOCK_DELAY = Duration.ofSeconds(36);
    private static final int QUORUM_PERCENT = 4;
    private static final BigInteger VOTES = BigInteger.TEN.pow(18 + 7);

    static GovernanceDeployment create(Deployer deployer, Address voter, Address aclManager) {
        Node node = deployer.node();
        Address token = deployer.create("GovernanceToken", "(address,uint256)", voter, VOTES);
        node.send(voter, token, Erc20Votes.DELEGATE.encode(voter));
        Address timelock = deployer.create(
                "TimelockController",
                "(uint256,address[],address[],address)",
                TIMELOCK_DELAY.toSeconds(),
                List.of(),
                List.of(Address.ZERO),
                deployer.owner());
        Address governor = deployer.create(
                "MarketGovernor",
                "(address,address,uint48,uint32,uint256)",
                token,
                timelock,
                VOTING_DELAY_BLOCKS,
                VOTING_PERIOD_BLOCKS,
                QUORUM_PERCENT);
        deployer.send(timelock, Timelock.GRANT_ROLE.encode(role(node, timelock, Timelock.PROPOSER_ROLE), governor));
        deployer.send(timelock, Timelock.GRANT_ROLE.encode(role(node, timelock, Timelock.CANCELLER_ROLE), governor));
        deployer.send(
                timelock,
                Timelock.RENOUNCE_ROLE.encode(role(node, timelock, Timelock.DEFAULT_ADMIN_ROLE), deployer.owner()));
        deployer.send(aclManager, AclManager.ADD_RISK_ADMIN.encode(timelock));
        return new GovernanceDeployment(governor, timelock, token);
    }

    private static String role(Node node, Address timelock, ContractFunction name) {
        return name.decode(node.read(timelock, name.encode())).hex(0);
    }
}
