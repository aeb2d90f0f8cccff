package plimsoll.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.units.Address;

class LiquidationTargetsTest {

    private static final Address ALICE = new Address("0x" + "a1".repeat(20));
    private static final Address BOB = new Address("0x" + "b0".repeat(20));
    private static final Address OTHER = new Address("0x" + "0f".repeat(20));
    private static final BigInteger AMOUNT = BigInteger.TWO.pow(200);

    /** The pool's signature as published, selector 0x00a718a9; words by hand: collateral, debt, user, amount, false. */
    private static final String AAVE = "0x00a718a9" + word("0f".repeat(20)) + word("0f".repeat(20))
            + word("a1".repeat(20)) + "f".repeat(64) + "0".repeat(64);

    @Test
    void readsWhoseLiquidationACallAttempts() {
        assertThat(LiquidationTargets.of(AAVE)).containsExactly(ALICE);
        assertThat(LiquidationTargets.of(VToken.LIQUIDATE_BORROW.encode(ALICE, AMOUNT, OTHER)))
                .containsExactly(ALICE);
        assertThat(LiquidationTargets.of(VenusLiquidator.LIQUIDATE_BORROW.encode(OTHER, ALICE, AMOUNT, OTHER)))
                .containsExactly(ALICE);
        assertThat(LiquidationTargets.of(Morpho.LIQUIDATE.encode(
                        List.of(OTHER, OTHER, OTHER, OTHER, AMOUNT), ALICE, AMOUNT, BigInteger.ZERO, "0x")))
                .containsExactly(ALICE);
        assertThat(LiquidationTargets.of(PreLiquidation.PRE_LIQUIDATE.encode(ALICE, AMOUNT, BigInteger.ZERO, "0x")))
                .containsExactly(ALICE);
        assertThat(LiquidationTargets.of(
                        AaveSpoke.LIQUIDATION_CALL.encode(BigInteger.ONE, BigInteger.TWO, ALICE, AMOUNT, false)))
                .containsExactly(ALICE);
        assertThat(LiquidationTargets.of(Comet.ABSORB.encode(OTHER, List.of(ALICE, BOB))))
                .containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void readsThroughWhatCarriesSuchACall() {
        assertThat(LiquidationTargets.of(Transmission.FORWARD.encode(OTHER, AAVE)))
                .containsExactly(ALICE);
    }

    @Test
    void seesNobodyInOtherCalls() {
        assertThat(LiquidationTargets.of("0x")).isEmpty();
        assertThat(LiquidationTargets.of(Erc20.TRANSFER.encode(ALICE, AMOUNT))).isEmpty();
        assertThat(LiquidationTargets.of(AAVE.substring(0, 150))).isEmpty();
        // Not at a whole byte.
        assertThat(LiquidationTargets.of("0x1" + AAVE.substring(2) + "0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverFailsOnMangledCalls(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String absorb = Comet.ABSORB.encode(OTHER, List.of(ALICE, BOB));
        for (int i = 0; i < 2_000; i++) {
            String call = random.nextBoolean() ? absorb : AAVE;
            char[] text =
                    call.substring(0, 2 + 2 * random.nextInt(call.length() / 2)).toCharArray();
            for (int j = 10; j < text.length; j += 1 + random.nextInt(60)) {
                text[j] = Character.forDigit(random.nextInt(16), 16);
            }
            assertThat(LiquidationTargets.of(new String(text))).hasSizeLessThanOrEqualTo(2);
        }
    }

    private static String word(String address) {
        return "0".repeat(24) + address;
    }
}
