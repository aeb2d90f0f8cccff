package plimsoll.chain.pool;

import java.util.Optional;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.BlockHash;

/**
 * A read whose answers can be compared: it names its block, so that every honest node that has the block says the same.
 *
 * @param request as it is sent
 * @param byNumber the same for nodes that take no hash where a state is read, if the height is known
 * @param essence what of the answer counts
 * @param place the block that it asks about
 * @param inBatch whether it travelled with others; some only go wrong then, so it is asked again in company too
 */
record Question(RpcRequest request, Optional<RpcRequest> byNumber, Essence essence, Place place, boolean inBatch) {

    Question(RpcRequest request, Optional<RpcRequest> byNumber, Essence essence, Place place) {
        this(request, byNumber, essence, place, false);
    }

    Question asOneOfMany() {
        return new Question(request, byNumber, essence, place, true);
    }

    /** Whether an honest node that has answered once never answers anything else: the state of one block. */
    boolean isOfOneState() {
        return place.hash().isPresent()
                && (essence == Essence.BYTES || essence == Essence.QUANTITY || essence == Essence.WORD);
    }

    static final Question LATEST = new Question(
            RpcRequest.of("eth_getBlockByNumber", "latest", false), Optional.empty(), Essence.HEADER, Place.NONE);

    static Question headerAt(long number) {
        return new Question(
                RpcRequest.of("eth_getBlockByNumber", "0x" + Long.toHexString(number), false),
                Optional.empty(),
                Essence.HEADER,
                Place.number(number));
    }

    static Question headerOf(BlockHash hash) {
        return new Question(
                RpcRequest.of("eth_getBlockByHash", hash.hex(), false),
                Optional.empty(),
                Essence.HEADER,
                Place.hash(hash.hex()));
    }

    String method() {
        return request.method();
    }

    /** Whether null is a proper answer: nothing there, yet. */
    boolean mayBeNull() {
        return essence == Essence.HEADER
                || essence == Essence.BLOCK
                || essence == Essence.RECEIPT
                || essence == Essence.RECEIPTS;
    }

    RpcRequest requestFor(Member member) {
        return member.takesHashes() ? request : byNumber.orElse(request);
    }

    /** One line that tells it from others. */
    @Override
    public String toString() {
        String params = String.valueOf(request.params()).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return request.method() + (params.length() <= 200 ? params : params.substring(0, 200) + "...");
    }
}
