package plimsoll.chain.log;

import java.util.List;
import plimsoll.chain.call.BlockHeader;

/** Headers in a row. */
final class Headers {

    private Headers() {}

    /** The headers up to the first that is not its predecessor's child: the chain moved while they were read. */
    static List<BlockHeader> linked(List<BlockHeader> headers) {
        for (int i = 1; i < headers.size(); i++) {
            if (!headers.get(i).isChildOf(headers.get(i - 1))) {
                return headers.subList(0, i);
            }
        }
        return headers;
    }
}
