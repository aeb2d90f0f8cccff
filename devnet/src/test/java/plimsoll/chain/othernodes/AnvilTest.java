package plimsoll.chain.othernodes;

/** The chain module on anvil, in every build. */
class AnvilTest extends ChainSuite {

    AnvilTest() {
        super(NodeKind.ANVIL);
    }
}
