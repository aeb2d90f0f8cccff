package plimsoll.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.units.Address;

class AbiCodecTest {

    private static final Address ALICE = new Address("0x00000000000000000000000000000000000a11ce");

    /** Selectors and the encodings of baz, bar, sam and f are those that the contract ABI specification works out by hand. */
    @Test
    void encodesTheExamplesOfTheSpecification() {
        ContractFunction baz = ContractFunction.of("baz(uint32,bool)");
        ContractFunction bar = ContractFunction.of("bar(bytes3[2])");
        ContractFunction sam = ContractFunction.of("sam(bytes,bool,uint256[])");
        ContractFunction f = ContractFunction.of("f(uint256,uint32[],bytes10,bytes)");

        assertThat(baz.encode(69, true)).isEqualTo("0xcdcd77c0" + word("45") + word("1"));
        assertThat(bar.encode(List.of("0x616263", "0x646566")))
                .isEqualTo("0xfce353f6" + left("616263") + left("646566"));
        assertThat(sam.encode("dave".getBytes(java.nio.charset.StandardCharsets.US_ASCII), true, List.of(1, 2, 3)))
                .isEqualTo("0xa5643bf2" + word("60") + word("1") + word("a0") + word("4") + left("64617665") + word("3")
                        + word("1") + word("2") + word("3"));
        assertThat(f.encode(0x123, List.of(0x456, 0x789), "0x31323334353637383930", "0x48656c6c6f2c20776f726c6421"))
                .isEqualTo("0x8be65246" + word("123") + word("80") + left("31323334353637383930") + word("e0")
                        + word("2") + word("456") + word("789") + word("d") + left("48656c6c6f2c20776f726c6421"));
    }

    @Test
    void readsBackWhatItWrote() {
        AbiTuple type = AbiTuple.of(
                "(int24 tick, (address who, bytes data)[] calls, string text, uint8[2][] pairs, (bool a, bytes4 b) flat)");
        List<Object> calls = List.of(List.of(ALICE, "0x"), List.of(Address.ZERO, "0x" + "ab".repeat(33)));
        List<Object> pairs =
                List.of(List.of(BigInteger.ONE, BigInteger.TWO), List.of(BigInteger.TEN, BigInteger.valueOf(255)));
        BigInteger tick = BigInteger.valueOf(-887_272);

        AbiValues read = type.decode(type.encode(tick, calls, "πλ", pairs, List.of(true, "0x01020304")));

        assertThat(read).isEqualTo(List.of(tick, calls, "πλ", pairs, List.of(true, "0x01020304")));
        assertThat(read.integer("tick")).isEqualTo(tick);
        assertThat(read.values("calls").values(1).hex("data")).hasSize(2 + 66);
        assertThat(read.values("calls").values(0).address("who")).isEqualTo(ALICE);
        assertThat(read.values("flat").bool("a")).isTrue();
    }

    @Test
    void aNumberMustFitItsType() {
        ContractFunction small = ContractFunction.of("small(uint8,int8)", "(uint8,int8)");

        assertThat(small.encode(255, -128)).endsWith(word("ff") + "f".repeat(62) + "80");
        assertThatThrownBy(() -> small.encode(256, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> small.encode(0, 128)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> small.encode(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> small.decode("0x" + word("100") + word("0"))).hasMessageContaining("beyond its type");
        assertThatThrownBy(() -> small.decode("0x" + word("0") + word("80"))).hasMessageContaining("beyond its type");
        assertThat(small.decode("0x" + word("ff") + "f".repeat(62) + "80").integer(1))
                .isEqualTo(-128);
    }

    @Test
    void refusesArgumentsOfAnotherKindOrNumber() {
        ContractFunction transfer = ContractFunction.of("transfer(address to, uint256 value)", "(bool)");

        assertThatThrownBy(() -> transfer.encode(ALICE))
                .hasMessage("Arguments differ in number: found=1 expected=2 function=transfer(address,uint256)");
        assertThatThrownBy(() -> transfer.encode(ALICE, "1")).hasMessageContaining("wrong kind");
        assertThatThrownBy(() -> transfer.encode(1, 1)).hasMessageContaining("wrong kind");
    }

    @Test
    void namesAnEmptyAnswer() {
        assertThatThrownBy(() -> Erc20.BALANCE_OF.decode("0x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address without a contract")
                .hasMessageContaining("balanceOf(address)");
    }

    @Test
    void readsItsOwnCallAndNoOther() {
        String call = Erc20.TRANSFER.encode(ALICE, 7);

        assertThat(Erc20.TRANSFER.decodeCall(call)).isEqualTo(List.of(ALICE, BigInteger.valueOf(7)));
        assertThatThrownBy(() -> Erc20.APPROVE.decodeCall(call)).hasMessageContaining("another function");
        assertThatThrownBy(() -> Erc20.APPROVE.decodeCall("")).hasMessageContaining("another function");
    }

    @Test
    void readsALogInTheOrderOfItsDeclaration() {
        ContractEvent supply = AavePool.SUPPLY_EVENT;
        List<String> topics = List.of(
                supply.topic(),
                supply.topicOf("reserve", ALICE),
                supply.topicOf("onBehalfOf", Address.ZERO),
                "0x" + word("9"));

        AbiValues read = supply.decode(topics, "0x" + word("a11ce") + word("64"));

        assertThat(read).isEqualTo(List.of(ALICE, ALICE, Address.ZERO, BigInteger.valueOf(100), BigInteger.valueOf(9)));
        assertThat(read.integer("referralCode")).isEqualTo(9);
    }

    @Test
    void refusesALogOfAnotherShape() {
        ContractEvent transfer = Erc20.TRANSFER_EVENT;
        List<String> topics = List.of(transfer.topic(), "0x" + word("1"), "0x" + word("2"));

        assertThat(transfer.decode(topics, "0x" + word("3")).integer("value")).isEqualTo(3);
        assertThatThrownBy(() -> transfer.decode(topics.subList(0, 2), "0x" + word("3")))
                .hasMessageContaining("another event");
        assertThatThrownBy(() -> transfer.decode(List.of(), "0x")).hasMessageContaining("another event");
        assertThatThrownBy(() -> transfer.decode(topics, "0x" + word("3") + word("4")))
                .hasMessageContaining("goes on after its values");
        assertThatThrownBy(() -> transfer.decode(topics, "0x")).hasMessageContaining("too short");
        assertThatThrownBy(() -> transfer.decode(List.of(transfer.topic(), "0x01", "0x" + word("2")), "0x" + word("3")))
                .hasMessageContaining("too short");
    }

    @Test
    void anIndexedTextIsKnownByItsHashOnly() {
        ContractEvent event = ContractEvent.of("MarketIdSet(string indexed oldMarketId, string indexed newMarketId)");
        String hash = "0x" + "7".repeat(64);

        assertThat(event.decode(List.of(event.topic(), hash, hash), "0x")).isEqualTo(List.of(hash, hash));
    }

    static String word(String digits) {
        return "0".repeat(64 - digits.length()) + digits;
    }

    private static String left(String digits) {
        return digits + "0".repeat(64 - digits.length());
    }
}
