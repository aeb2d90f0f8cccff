package plimsoll.oracle.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.units.Bps;

class MarketFileTest {

    private static final String HEADER = "snapshot_date,market,symbol,underlying,decimals,ltv_bps,"
            + "liquidation_threshold_bps,liquidation_bonus_bps,liquidation_protocol_fee_bps,reserve_factor_bps,"
            + "supply_cap,borrow_cap,debt_ceiling,emode_category,usage_as_collateral,borrowing_enabled,is_frozen,"
            + "oracle_answer,oracle_decimals\n";
    private static final String WETH = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";
    private static final String ROW = "2023-10-31,M,WETH," + WETH
            + ",18,8050,8300,10500,1000,1500,1800000,1400000,0,1,True,True,False,181685499606,8\n";

    @TempDir
    private Path folder = Path.of("");

    // awk -F, '$2=="AaveV3Ethereum"{n[$1]++}END{for(d in n)print d,n[d]}': 2023-05-30 17, 2023-06-18 17, 2023-10-31 25.
    @ParameterizedTest
    @CsvSource({
        "2023-05-30, 2023-05-30, 17",
        "2023-06-17, 2023-05-30, 17",
        "2023-10-30, 2023-06-18, 17",
        "2024-01-01, 2023-10-31, 25"
    })
    void takesTheNewestSnapshotThatIsNotLater(LocalDate asOf, LocalDate expected, int reserves) {
        var file = SharedData.file("params/aave_v3_market_snapshots_2023.csv");

        var snapshot = MarketFile.read(file.toString(), Optional.of(asOf));

        assertThat(snapshot.market()).isEqualTo("AaveV3Ethereum");
        assertThat(snapshot.date()).isEqualTo(expected);
        assertThat(snapshot.reserves()).hasSize(reserves);
    }

    @Test
    void readsAReserveAsTheFileHasIt() {
        var file = SharedData.file("params/aave_v3_market_snapshots_2023.csv");

        var reserves = MarketFile.read(file.toString(), Optional.empty()).reserves();

        var weth = reserve(reserves, "WETH");
        assertThat(weth.parameters().ltv()).isEqualTo(new Bps(8050));
        assertThat(weth.parameters().liquidationThreshold()).isEqualTo(new Bps(8300));
        assertThat(weth.parameters().liquidationBonus()).as("10500 stored").isEqualTo(new Bps(500));
        assertThat(weth.parameters().supplyCap()).isEqualTo(1_800_000);
        assertThat(weth.protocolShareOfBonus()).isEqualTo(new Bps(1000));
        assertThat(weth.emodeCategory()).isEqualTo(1);
        assertThat(weth.price()).isEqualTo(1816.85499606);
        assertThat(reserve(reserves, "RPL").parameters().isCollateral()).isFalse();
        assertThat(reserve(reserves, "UNI").debtCeiling()).isEqualTo(1_700_000_000);
        assertThat(reserve(reserves, "AAVE").borrowable()).isFalse();
    }

    @Test
    void aCellWithoutDecimalsTakesThoseOfTheOtherReserves() {
        var file = SharedData.file("params/aave_v3_market_snapshots_2023.csv");

        var reserves = MarketFile.read(file.toString(), Optional.empty()).reserves();

        assertThat(reserve(reserves, "rETH").answerDecimals()).isEqualTo(8);
        assertThat(reserve(reserves, "rETH").price()).isEqualTo(1976.99300863);
    }

    @Test
    void readsEveryMarketOfTheFile() {
        var file = SharedData.file("params/aave_v3_market_snapshots_2023.csv");

        assertThat(MarketFile.read(file + "#AaveV2Polygon", Optional.empty()).reserves())
                .hasSize(13)
                .allMatch(reserve -> reserve.protocolShareOfBonus().isZero());
        assertThat(MarketFile.read(file + "#AaveV3Gnosis", Optional.empty()).reserves())
                .hasSize(7);
        assertThat(MarketFile.read(file + "#AaveV3Metis", Optional.empty()).reserves())
                .hasSize(5);
    }

    @Test
    void aFileWithOneMarketNeedsNoName() throws IOException {
        assertThat(MarketFile.read(write(ROW), Optional.empty()).market()).isEqualTo("M");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ",8050,8300,; ,80.5,8300,; not a whole number: ltv_bps='80.5'",
                ",8050,8300,; ,8400,8300,; LTV exceeds liquidation threshold: ltv_bps=8400"
                        + " liquidation_threshold_bps=8300",
                ",8050,8300,; ,10001,10001,; out of range: liquidation_threshold_bps='10001' allowed=0..10000",
                "10500; 500; stored bonus is below 100 %: liquidation_bonus_bps='500'",
                "1800000,; 99999999999,; out of range: supply_cap='99999999999' allowed=0..68719476735",
                "True,True; yes,True; not true or false: usage_as_collateral='yes'",
                "181685499606; 0; price is not positive: oracle_answer='0'",
                "181685499606,8; 181685499606,; oracle_decimals is empty",
                "2023-10-31; 31/10/2023; not a date: snapshot_date='31/10/2023'",
                "0xC02aaA; 0xZZ; not an address"
            })
    void namesLineAndColumnOfWhatIsWrong(String good, String bad, String what) throws IOException {
        var argument = write(ROW.replaceFirst(Pattern.quote(good), bad));

        assertThatThrownBy(() -> MarketFile.read(argument, Optional.empty()))
                .hasMessageStartingWith(argument + ":2: ")
                .hasMessageContaining(what);
    }

    @Test
    void refusesAnUnknownMarketADateBeforeTheFirstAndARepeatedReserve() throws IOException {
        var file = write(ROW + ROW);

        assertThatThrownBy(() -> MarketFile.read(file + "#N", Optional.empty()))
                .hasMessageContaining("no such market: found='N' known=[M]");
        assertThatThrownBy(() -> MarketFile.read(file, Optional.of(LocalDate.parse("2023-01-01"))))
                .hasMessageContaining("no snapshot of M by 2023-01-01");
        assertThatThrownBy(() -> MarketFile.read(file, Optional.empty()))
                .hasMessageContaining(":3: reserve repeats: underlying='" + WETH);
    }

    private static ReserveRow reserve(List<ReserveRow> reserves, String symbol) {
        return reserves.stream()
                .filter(reserve -> reserve.symbol().equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    private String write(String rows) throws IOException {
        return Files.writeString(folder.resolve("market.csv"), HEADER + rows).toString();
    }
}
