package plimsoll.oracle.publish;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;
import plimsoll.abi.AbiTuple;
import plimsoll.abi.Governor;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.proposal.Proposal;

/** A proposal in the governor's words. */
final class ProposalCodec {

    private static final AbiTuple IDENTITY = AbiTuple.of("(address[],uint256[],bytes[],bytes32)");

    private ProposalCodec() {}

    /** OpenZeppelin's {@code hashProposal}: keccak-256 of targets, values, calldatas and the description's hash. */
    static String onchainId(List<ContractCall> calls, String description) {
        String encoded = IDENTITY.encode(targets(calls), zeros(calls), data(calls), descriptionHash(description));
        return new BigInteger(Hash.sha3(encoded).substring(2), 16).toString();
    }

    static String propose(List<ContractCall> calls, String description) {
        return Governor.PROPOSE.encode(targets(calls), zeros(calls), data(calls), description);
    }

    static String queue(Proposal proposal) {
        return Governor.QUEUE.encode(
                targets(proposal.calls()),
                zeros(proposal.calls()),
                data(proposal.calls()),
                descriptionHash(proposal.description()));
    }

    static String execute(Proposal proposal) {
        return Governor.EXECUTE.encode(
                targets(proposal.calls()),
                zeros(proposal.calls()),
                data(proposal.calls()),
                descriptionHash(proposal.description()));
    }

    private static List<Object> targets(List<ContractCall> calls) {
        return calls.stream().<Object>map(ContractCall::target).toList();
    }

    private static List<Object> zeros(List<ContractCall> calls) {
        return Collections.nCopies(calls.size(), BigInteger.ZERO);
    }

    private static List<Object> data(List<ContractCall> calls) {
        return calls.stream().<Object>map(ContractCall::data).toList();
    }

    private static String descriptionHash(String description) {
        return Numeric.toHexString(Hash.sha3(description.getBytes(StandardCharsets.UTF_8)));
    }
}
