package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {

    private final Wire wire = new Wire(Endpoint.of("http://node"));

    @Test
    void takesNoNameForAnotherThatStandsBehindAByteOutsideUtf8() throws IOException {
        String answer = "{\"jsonrpc\":\"2.0\",\"?id\":1,\"result\":\"0x1\"}";
        wire.parse(
                stream(answer.replace("?", "").getBytes(StandardCharsets.US_ASCII))); // so that the parser knows "id"
        byte[] spoiled = answer.getBytes(StandardCharsets.US_ASCII);
        spoiled[answer.indexOf('?')] = (byte) 0xff;

        assertThatThrownBy(() -> wire.parse(stream(spoiled)))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void readsNoOverlongFormsAndNoHalves() {
        for (String octets :
                List.of("c0b2", "c1bf", "e080b2", "eda080", "f08080b2", "f4908080", "c332", "80", "f5808080")) {
            byte[] spoiled = HexFormat.of().parseHex("22" + octets + "22");

            assertThatThrownBy(() -> wire.parse(stream(spoiled))).as(octets).isInstanceOf(RpcException.class);
        }
    }

    @Test
    void readsEveryWellFormedText() throws IOException {
        String text = "a\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff";

        assertThat(wire.parse(stream(('"' + text + '"').getBytes(StandardCharsets.UTF_8)))
                        .stringValue())
                .isEqualTo(text);
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
