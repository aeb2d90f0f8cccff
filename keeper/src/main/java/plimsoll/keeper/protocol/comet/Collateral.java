package plimsoll.keeper.protocol.comet;

import plimsoll.keeper.position.Asset;
import plimsoll.protocol.comet.CometAsset;

/** One kind of collateral. The base token is reserve 0, so that it is the reserve after its offset. */
record Collateral(CometAsset stored, String symbol) {

    static int number(int offset) {
        return offset + 1;
    }

    static int offset(int number) {
        return number - 1;
    }

    int number() {
        return number(stored.offset());
    }

    Asset asAsset() {
        return new Asset(number(), stored.asset(), symbol, stored.decimals());
    }
}
