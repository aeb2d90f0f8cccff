package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;

/** The words of the nodes in use, as their sources and issue trackers have them in 2026. */
class SendAnswerTest {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            geth, op-geth | ACCEPTED                | already known
            geth          | NONCE_USED              | nonce too low: next nonce 7, tx nonce 5
            geth          | NONCE_GAP               | nonce too high: address 0x01, tx: 9 state: 7
            geth          | NONCE_GAP               | gapped-nonce tx from delegated accounts
            geth          | REPLACEMENT_UNDERPRICED | replacement transaction underpriced
            geth          | UNDERPRICED             | transaction underpriced: gas tip cap 0, minimum needed 1
            geth          | UNDERPRICED             | max fee per gas less than block base fee: address 0x01, maxFeePerGas: 1, baseFee: 2
            geth          | NO_FUNDS                | insufficient funds for gas * price + value: balance 0, tx cost 1, overshot 1
            geth          | LATER                   | txpool is full
            geth          | LATER                   | future transaction tries to replace pending
            geth          | LATER                   | in-flight transaction limit reached for delegated accounts
            geth          | LATER                   | account limit exceeded: pooled 16 txs
            geth          | LATER                   | address already reserved
            geth          | HOPELESS                | intrinsic gas too low: gas 20000, minimum needed 21000
            geth          | HOPELESS                | exceeds block gas limit
            geth          | HOPELESS                | oversized data: transaction size 200000, limit 131072
            geth          | HOPELESS                | insufficient gas for floor data gas cost
            geth          | HOPELESS                | tx fee (1.50 ether) exceeds the configured cap (1.00 ether)
            geth          | HOPELESS                | transaction type not supported
            geth          | HOPELESS                | transaction gas limit too high (cap: 16777216, tx: 20000000)
            nethermind    | ACCEPTED                | AlreadyKnown
            nethermind    | ACCEPTED                | OwnNonceAlreadyUsed
            nethermind    | NONCE_USED              | OldNonce, Current nonce: 7, nonce of rejected tx: 5
            nethermind    | NONCE_GAP               | NonceGap, Future nonce. Expected nonce: 7
            nethermind    | NONCE_GAP               | NonceTooFarInFuture
            nethermind    | REPLACEMENT_UNDERPRICED | ReplacementNotAllowed
            nethermind    | UNDERPRICED             | FeeTooLow, MaxFeePerGas too low
            nethermind    | UNDERPRICED             | FeeTooLowToCompete
            nethermind    | NO_FUNDS                | InsufficientFunds, Account balance: 0, cumulative cost: 1
            nethermind    | HOPELESS                | GasLimitExceeded, Gas limit: 100, gas limit of rejected tx: 200
            nethermind    | HOPELESS                | MaxTxSizeExceeded
            nethermind    | LATER                   | Syncing
            besu          | ACCEPTED                | Known transaction
            besu          | NONCE_USED              | Nonce too low
            besu          | NONCE_GAP               | Nonce too high
            besu          | NONCE_GAP               | Transaction nonce is too distant from current sender nonce
            besu          | LATER                   | An invalid transaction with a lower nonce exists
            besu          | LATER                   | Initial sync is still in progress
            besu          | REPLACEMENT_UNDERPRICED | Replacement transaction underpriced
            besu          | UNDERPRICED             | Gas price below current base fee
            besu          | UNDERPRICED             | Gas price below configured minimum gas price
            besu          | NO_FUNDS                | Upfront cost exceeds account balance
            besu          | HOPELESS                | Intrinsic gas exceeds gas limit
            besu          | HOPELESS                | Transaction gas limit exceeds block gas limit
            besu          | HOPELESS                | Transaction fee cap exceeded
            erigon        | ACCEPTED                | existing txn with same hash
            erigon        | REPLACEMENT_UNDERPRICED | could not replace existing tx
            erigon        | UNDERPRICED             | fee too low
            erigon        | UNDERPRICED             | underpriced
            erigon        | LATER                   | pending sub-pool is full
            erigon        | LATER                   | baseFee sub-pool is full
            erigon        | HOPELESS                | IntrinsicGas
            erigon        | HOPELESS                | RLPTooLong
            reth          | NONCE_USED              | nonce too low: next nonce 7, tx nonce 5
            reth          | HOPELESS                | transaction gas limit is greater than the cap
            anvil         | ACCEPTED                | transaction already imported
            anvil         | UNDERPRICED             | max fee per gas less than block base fee
            anvil         | REPLACEMENT_UNDERPRICED | replacement transaction underpriced
            anvil         | NO_FUNDS                | Insufficient funds for gas * price + value
            anvil         | HOPELESS                | intrinsic gas too high -- tx.gas_limit > env.block.gas_limit
            hardhat       | ACCEPTED                | Known transaction: 0x5bb7
            hardhat       | NONCE_USED              | Nonce too low. Expected nonce to be 7 but got 5.
            hardhat       | NONCE_GAP               | Nonce too high. Expected nonce to be 7 but got 9. Note that transactions can't be queued when automining.
            hardhat       | REPLACEMENT_UNDERPRICED | Replacement transaction underpriced. A maxFeePerGas of at least 11 is necessary to replace the existing transaction with nonce 5.
            hardhat       | UNDERPRICED             | Transaction maxFeePerGas (1) is too low for the next block, which has a baseFeePerGas of 2
            hardhat       | NO_FUNDS                | Sender doesn't have enough funds to send tx. The max upfront cost is: 2 and the sender's balance is: 1.
            hardhat       | HOPELESS                | Transaction requires at least 21000 gas but got 20000
            hardhat       | HOPELESS                | Transaction gas limit is 40000000 and exceeds block gas limit of 30000000
            ganache       | NONCE_USED              | the tx doesn't have the correct nonce. account has nonce of: 7 tx has nonce of: 5
            ganache       | NONCE_GAP               | the tx doesn't have the correct nonce. account has nonce of: 7 tx has nonce of: 9
            ganache       | HOPELESS                | exceeds block gas limit
            arbitrum      | LATER                   | sequencer temporarily not available
            arbitrum      | UNDERPRICED             | max fee per gas less than block base fee: address 0x01, maxFeePerGas: 1, baseFee: 2
            several       | HOPELESS                | unknown transaction type
            several       | UNKNOWN                 | the moon is in the wrong place
            """)
    void readsTheWordsOfEveryNode(String node, SendAnswer meaning, String words) {
        assertThat(SendAnswer.of(refusal(Kind.REJECTED, words))).as(node).isEqualTo(meaning);
    }

    @Test
    void readsWordsBeforeCodesThatNodesUseDifferently() {
        RpcException besu = refusal(Kind.TRANSIENT, "Transaction gas limit exceeds block gas limit");

        assertThat(SendAnswer.of(besu)).isEqualTo(SendAnswer.HOPELESS);
    }

    @Test
    void concludesNothingFromAnAnswerThatNeverCame() {
        assertThat(SendAnswer.of(refusal(Kind.TRANSIENT, "Node did not answer in time")))
                .isEqualTo(SendAnswer.LATER);
        assertThat(SendAnswer.of(refusal(Kind.CORRUPT, "Answer is not JSON"))).isEqualTo(SendAnswer.LATER);
    }

    private static RpcException refusal(Kind kind, String words) {
        return new RpcException(kind, -32_000, "Node refused: " + words, Optional.empty());
    }
}
