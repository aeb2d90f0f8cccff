package plimsoll.chain.othernodes;

import org.junit.jupiter.api.Tag;

/** The chain module on hardhat, whose download takes longer than the default suite may. */
@Tag("long")
class HardhatTest extends ChainSuite {

    HardhatTest() {
        super(NodeKind.HARDHAT);
    }
}
