package plimsoll.chain.auction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.chain.call.Call;
import plimsoll.units.Address;
import plimsoll.units.TxHash;

/** Events in the words of docs.flashbots.net, "Event Stream", and of Chainlink's sample events for SVR; what is shortened there is made up. */
class HintReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String HASH = "0xc7dc06c994400830054ab815732d91275bc1241f9be62b62b687b7882f19b8d4";

    @Test
    void readsTheExampleOfTheEventStreamsPage() {
        OfferedUpdate offer = HintReader.read(
                        "{\"hash\":\"" + HASH + "\",\"logs\":null,\"txs\":[{\"to\":"
                                + "\"0x0000c335bc9d5d1af0402cad63fa7f258363d71a\",\"functionSelector\":\"0x696d2073\","
                                + "\"callData\":\"0x696d20736861726969696969696e67\"}]}",
                        NOW)
                .orElseThrow();

        assertThat(offer.reference()).isEqualTo(TxHash.parse(HASH));
        assertThat(offer.heardAt()).isEqualTo(NOW);
        assertThat(offer.calls())
                .containsExactly(Call.of(
                        Address.parse("0x0000c335bc9d5d1af0402cad63fa7f258363d71a"),
                        "0x696d20736861726969696969696e67"));
    }

    @Test
    void readsABundleInItsOrderAndPutsTheSelectorBeforeDataWithoutIt() {
        OfferedUpdate offer = HintReader.read(
                        "{\"hash\":\"" + HASH + "\",\"txs\":["
                                + "{\"to\":\"0x45ab36b69e02e59d3c49b863b31f530c991dd554\",\"functionSelector\":"
                                + "\"0x6fadcf72\",\"callData\":\"0x80640b\"},"
                                + "{\"to\":\"0x45ab36b69e02e59d3c49b863b31f530c991dd554\",\"functionSelector\":"
                                + "\"0x6fadcf72\",\"callData\":\"0x6fadcf7212340b\"}]}",
                        NOW)
                .orElseThrow();

        assertThat(offer.calls()).extracting(Call::data).containsExactly("0x6fadcf7280640b", "0x6fadcf7212340b");
    }

    @Test
    void leavesOutTransactionsThatTellTooLittle() {
        OfferedUpdate offer = HintReader.read(
                        "{\"hash\":\"" + HASH + "\",\"txs\":[{\"to\":\"0x45ab36b69e02e59d3c49b863b31f530c991dd554\"},"
                                + "{\"callData\":\"0x01\"},{}],\"mevGasPrice\":\"0x1\",\"gasUsed\":\"0x5208\"}",
                        NOW)
                .orElseThrow();

        assertThat(offer.calls()).isEmpty();
        assertThat(HintReader.read("{\"hash\":\"" + HASH + "\",\"logs\":null,\"txs\":null}", NOW)
                        .orElseThrow()
                        .calls())
                .isEqualTo(List.of());
    }

    @Test
    void knowsTheSenderWhereItIsTold() {
        OfferedUpdate offer = HintReader.read(
                        "{\"hash\":\"" + HASH + "\",\"txs\":[{\"to\":\"0x45ab36b69e02e59d3c49b863b31f530c991dd554\","
                                + "\"callData\":\"0x01\",\"from\":\"0x00000000000000000000000000000000000000AA\"}]}",
                        NOW)
                .orElseThrow();

        assertThat(offer.calls().getFirst().from())
                .contains(Address.parse("0x00000000000000000000000000000000000000aa"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"hash\":7}",
                "{\"hash\":\"0x01\",\"txs\":[]}",
                "not json",
                "{\"hash\":\"0xc7dc06c994400830054ab815732d91275bc1241f9be62b62b687b7882f19b8d4\",\"txs\":{}}",
                "{\"hash\":\"0xc7dc06c994400830054ab815732d91275bc1241f9be62b62b687b7882f19b8d4\",\"txs\":[{\"to\":\"0x45\","
                        + "\"callData\":\"0x01\"}]}",
                "{\"hash\":\"0xc7dc06c994400830054ab815732d91275bc1241f9be62b62b687b7882f19b8d4\",\"txs\":[{\"to\":"
                        + "\"0x45ab36b69e02e59d3c49b863b31f530c991dd554\",\"callData\":\"0xzz\"}]}",
                "{\"hash\":\"0xc7dc06c994400830054ab815732d91275bc1241f9be62b62b687b7882f19b8d4\"} trailing",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void takesNothingElseForAnEvent(String text) {
        assertThat(HintReader.read(text, NOW)).isEmpty();
    }
}
