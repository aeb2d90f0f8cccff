package plimsoll.chain.othernodes;

import org.junit.jupiter.api.Tag;

/** The chain module on ganache, whose download takes longer than the default suite may. */
@Tag("long")
class GanacheTest extends ChainSuite {

    GanacheTest() {
        super(NodeKind.GANACHE);
    }
}
