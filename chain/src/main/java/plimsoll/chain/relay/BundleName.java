package plimsoll.chain.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.web3j.crypto.Hash;
import plimsoll.chain.tx.Lane;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;

/**
 * Names the bundle that carries one nonce into one block. The name follows from chain, signer, nonce and block alone, so
 * that a raised attempt takes the place of an earlier one, also where another process sent that. The block belongs to it:
 * at some relays a name stands for one bundle whatever its block, and the window's bundles would push each other out.
 */
final class BundleName {

    private BundleName() {}

    /** The first 16 bytes of a keccak-256, marked as a UUID of version 4, the one that relays take. */
    static UUID of(Lane lane, Nonce nonce, BlockNumber target) {
        String text = lane.chain() + "/" + lane.signer().hex() + "/" + nonce + "/" + target;
        ByteBuffer hash = ByteBuffer.wrap(Hash.sha3(text.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
