package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.FeeHistory;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;

class FeeQuoteTest {

    private static final GasPrice MIN_TIP = GasPrice.parse("0.1");

    @Test
    void offersEachUrgencyTheTipOfItsPercentile() {
        FeeQuote quote = quote("10 10", "1 2 5");

        assertThat(quote.offer(Urgency.SLOW)).isEqualTo(fees("16", "1")); // 1.5 x 10 + 1
        assertThat(quote.offer(Urgency.NORMAL)).isEqualTo(fees("22", "2")); // 2 x 10 + 2
        assertThat(quote.offer(Urgency.URGENT)).isEqualTo(fees("30", "5")); // 2.5 x 10 + 5
    }

    @Test
    void leavesEmptyBlocksAndThoseWithoutTipsOut() {
        FeeQuote quote = quote("10 10", "0 0 0", "0 3 3", "0 0 0");

        assertThat(quote.offer(Urgency.NORMAL).maxPriorityFee()).isEqualTo(GasPrice.parse("3"));
        assertThat(quote.offer(Urgency.SLOW).maxPriorityFee()).isEqualTo(MIN_TIP);
    }

    @Test
    void offersTheLeastTipWhereNoBlockTells() {
        assertThat(quote("10 10", "0 0 0").offer(Urgency.URGENT).maxPriorityFee())
                .isEqualTo(MIN_TIP);
        assertThat(quote("10").offer(Urgency.URGENT).maxPriorityFee()).isEqualTo(MIN_TIP);
    }

    @Test
    void expectsARisingBaseFeeToRiseOnceMoreButNotToMoreThanTwice() {
        FeeQuote rising = quote("8 9 10", "1 1 1");
        FeeQuote leaping = quote("1 10", "1 1 1");

        assertThat(rising.offer(Urgency.NORMAL).maxFee()).isEqualTo(GasPrice.parse("26")); // 2 x 10 x 10/8 + 1
        assertThat(rising.offer(Urgency.SLOW).maxFee()).isEqualTo(GasPrice.parse("16"));
        assertThat(leaping.offer(Urgency.NORMAL).maxFee()).isEqualTo(GasPrice.parse("41")); // 2 x 20 + 1
    }

    @Test
    void expectsNothingOfAFallingOrFreeBaseFee() {
        assertThat(quote("20 10", "1 1 1").offer(Urgency.NORMAL).maxFee()).isEqualTo(GasPrice.parse("21"));
        assertThat(quote("0 0", "1 1 1").offer(Urgency.NORMAL).maxFee()).isEqualTo(GasPrice.parse("1"));
    }

    @Test
    void raisesBothFeesByAnEighthAndStopsAtTheCap() {
        Fees fees = fees("8", "0.8");

        assertThat(fees.raised(fees("1", "0.1"), GasPrice.parse("100"))).contains(fees("9", "0.9"));
        assertThat(fees.raised(fees("50", "2"), GasPrice.parse("10"))).contains(fees("10", "2"));
        assertThat(fees.raised(fees("50", "2"), GasPrice.parse("8.9"))).isEmpty();
        assertThat(fees("0", "0").raised(fees("0", "0"), GasPrice.parse("1")).orElseThrow())
                .isEqualTo(new Fees(GasPrice.ofRaw(1), GasPrice.ofRaw(1)));
    }

    private static FeeQuote quote(String baseFees, String... tips) {
        return FeeQuote.of(
                new FeeHistory(
                        new BlockNumber(1),
                        prices(baseFees),
                        Arrays.stream(tips).map(FeeQuoteTest::prices).toList()),
                MIN_TIP);
    }

    private static List<GasPrice> prices(String inGwei) {
        return Arrays.stream(inGwei.split(" ")).map(GasPrice::parse).toList();
    }

    private static Fees fees(String maxFee, String tip) {
        return new Fees(GasPrice.parse(maxFee), GasPrice.parse(tip));
    }
}
