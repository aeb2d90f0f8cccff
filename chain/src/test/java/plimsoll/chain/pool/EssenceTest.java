package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EssenceTest {

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({"0x0, 0x0", "0x00, 0x0", "0x, 0x0", "0x01, 0x1", "0x0F0, 0xf0", "0xAb, 0xab"})
    void writesQuantitiesInOneWay(String found, String expected) {
        assertThat(Essence.QUANTITY.of(json("'" + found + "'")).stringValue()).isEqualTo(expected);
    }

    @Test
    void fillsWords() {
        assertThat(Essence.WORD.of(json("'0x1A'")).stringValue()).isEqualTo("0x" + "0".repeat(62) + "1a");
    }

    @Test
    void keepsZerosOfBytes() {
        assertThat(Essence.BYTES.of(json("'0x00AB'")).stringValue()).isEqualTo("0x00ab");
    }

    @Test
    void takesAWaitingTransactionsReceiptForNone() {
        assertThat(Essence.RECEIPT
                        .of(json("{'transactionHash':'0x01','blockHash':null}"))
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QUANTITY | 7",
                "QUANTITY | '7'",
                "BYTES    | '0xzz'",
                "HEADER   | {'number':'0x1'}",
                "HEADER   | []",
                "LOGS     | {}",
                "LOGS     | [{'address':'0x01'}]",
                "RECEIPT  | {'blockHash':'0x01'}",
                "FEES     | {'oldestBlock':'0x1'}"
            })
    void refusesWhatIsMissingOrMalformed(Essence essence, String found) {
        JsonNode json = json(found.strip().startsWith("0x") ? "'" + found + "'" : found);

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> essence.of(json))
                .matches(e -> e.kind() == Kind.CORRUPT)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void saysInOneLineWhereAnswersDiffer() {
        JsonNode one = json("[{'data':'0x01','topics':['0x02']},{'data':'0x03','topics':['0x04']}]");
        JsonNode two = json("[{'data':'0x01','topics':['0x02']},{'data':'0x03','topics':['0x05']}]");

        assertThat(Differences.between(one, two)).isEqualTo("differs=[1].topics[0] said=0x04 others=0x05");
        assertThat(Differences.between(json("[]"), two)).isEqualTo("differs=count said=0 others=2");
        assertThat(Differences.between(json("null"), one)).isEqualTo("differs=answer said=null others=2 elements");
        assertThat(Differences.between(json("{'a':'x\\ny'}"), json("{}")))
                .isEqualTo("differs=a said=x y others=absent");
    }
}
