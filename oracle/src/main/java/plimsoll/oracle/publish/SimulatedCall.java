package plimsoll.oracle.publish;

import java.util.Optional;
import plimsoll.oracle.plan.ContractCall;

/** How one call of a proposal ends when the timelock makes it now; no refusal where it succeeds. */
public record SimulatedCall(ContractCall call, Optional<String> refusal) {}
