package plimsoll.chain.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HexTextTest {

    @Test
    void knowsADigitFromEveryOtherCharacterAtEveryPlace() {
        for (int length = 1; length <= 20; length++) {
            for (int place = 0; place < length; place++) {
                for (int c = 0; c < 0x300; c++) {
                    char[] digits =
                            "0123456789abcdefABCDEF".substring(0, length).toCharArray();
                    digits[place] = (char) c;
                    boolean expected = c < 128 && Character.digit(c, 16) >= 0;

                    assertThat(HexText.isHex("0x" + new String(digits)))
                            .as("character %d at %d of %d", c, place, length)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void takesWhatTheSlowWayTakes() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 20_000; i++) {
            char[] text = new char[random.nextInt(70)];
            for (int j = 0; j < text.length; j++) {
                boolean odd = random.nextInt(200) == 0;
                text[j] = odd ? (char) random.nextInt(0x10000) : Character.forDigit(random.nextInt(16), 16);
            }
            String tail = new String(text);
            boolean expected = tail.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);

            assertThat(HexText.isHex("0x" + tail)).as("seed=11 case=%d", i).isEqualTo(expected);
        }
        assertThat(HexText.isHex("")).isFalse();
        assertThat(HexText.isHex("0X12")).isFalse();
        assertThat(HexText.isHex("12")).isFalse();
        assertThat(HexText.isHex("0x")).isTrue();
    }
}
