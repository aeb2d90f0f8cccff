package plimsoll.oracle.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.oracle.file.PositionFile.Account;
import plimsoll.units.Bps;

class PositionFileTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsOneRowAnAccountAndAsset() throws IOException {
        var positions = PositionFile.read(write("""
            account,asset,collateral_usd,debt_usd,liq_threshold_bps
            0xAB,weth,100.5,0,8300
            0xab,USDC,0,60,
            0xcd,WETH,1,0.5,
            """));

        assertThat(positions.currency()).isEqualTo("USD");
        assertThat(positions.accounts()).extracting(Account::name).containsExactly("0xab", "0xcd");
        var first = positions.accounts().getFirst();
        assertThat(first.collateral()).containsOnlyKeys("WETH").containsEntry("WETH", new BigDecimal("100.5"));
        assertThat(first.debt()).containsOnlyKeys("USDC");
        assertThat(first.fixedThreshold()).contains(new Bps(8300));
        assertThat(positions.accounts().getLast().fixedThreshold()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'user,asset,collateral_usd,debt_eth\na,WETH,1,1\n'; 1; collateral and debt are in two currencies",
                "'user,asset,collateral_base\na,WETH,1\n'; 1; missing column one of debt_base, debt_value",
                "'user,asset,collateral_base,debt_base\na,WETH,1,1\nA,weth,1,1\n'; 3; account and asset repeat",
                "'user,asset,collateral_base,debt_base\na,WETH,-1,1\n'; 2; amount is negative: collateral_base='-1'",
                "'user,asset,collateral_base,debt_base\na,WETH,x,1\n'; 2; not a number: collateral_base='x'",
                "'user,asset,collateral_base,debt_base\n,WETH,1,1\n'; 2; name is empty: user",
                "'user,asset,collateral_base,debt_base,liq_threshold_bps\na,A,1,1,100\na,B,1,1,200\n'; 3;"
                        + " account has two thresholds",
                "'debt_crvusd,collateral,n_bands\n1,1,4\n'; 1; rows without accounts"
            })
    void namesTheLineOfWhatIsWrong(String text, long line, String what) throws IOException {
        var file = write(text);

        assertThatThrownBy(() -> PositionFile.read(file))
                .hasMessageStartingWith(file + ":" + line + ": ")
                .hasMessageContaining(what);
    }

    @Test
    void splitsStakedEtherFromOtherCollateralByTheFilesOwnPrice() throws IOException {
        var positions = PositionFile.read(write("""
            user,collateral_eth,debt_eth,liq_threshold_bps,asteth_amount,weth_debt
            0x1,99,50,8300,100,50
            0x2,199,70,8000,100,20
            """));

        // 0x1 has nothing but stETH: 99 / 100 is the price; 0x2 has 99 of stETH and 100 of something else.
        var second = positions.accounts().getLast();
        assertThat(second.collateral().get("STETH")).isEqualByComparingTo("99");
        assertThat(second.collateral().get(PositionFile.OTHER)).isEqualByComparingTo("100");
        assertThat(second.debt().get("WETH")).isEqualByComparingTo("20");
        assertThat(second.debt().get(PositionFile.OTHER)).isEqualByComparingTo("50");
        assertThat(positions.accounts().getFirst().collateral()).containsOnlyKeys("STETH");
    }

    // awk -F, 'NR>1{c+=$2;d+=$3}END{print NR-1,c,d}': 1309 1104269.941953555 509688.366802864
    @Test
    void readsTheBorrowersOfJune2023() {
        var positions = PositionFile.read(SharedData.file("positions/aave_v2_steth_borrowers_202306.csv"));

        assertThat(positions.currency()).isEqualTo("ETH");
        assertThat(positions.files())
                .extracting(InputFile::name)
                .containsExactly(
                        "aave_v2_steth_borrowers_202306.csv", "aave_v2_steth_borrowers_202306_debt_by_asset.csv");
        assertThat(positions.accounts()).hasSize(1309);
        assertThat(total(positions, true)).isCloseTo(1104269.941953555, within(1e-6));
        assertThat(total(positions, false)).isCloseTo(509688.366802864, within(1e-6));
        assertThat(positions.accounts())
                .allMatch(account -> account.fixedThreshold().isPresent());
        // awk -F, 'NR>1 && $7>0 && $2/$7/1.000001<=1/1.000259217{n++}END{print n}': 865 hold stETH alone.
        assertThat(positions.accounts().stream()
                        .filter(account -> !account.collateral().containsKey(PositionFile.OTHER))
                        .count())
                .isEqualTo(865);
        assertThat(positions.accounts().stream()
                        .filter(account -> account.debt().containsKey("USDC"))
                        .count())
                .isEqualTo(474);
    }

    // zcat | tail -n +2 | wc -l: 16128
    @Test
    void readsLoansWithoutOwners() {
        var loans = PositionFile.loans(SharedData.file("positions/crvusd_weth_borrower_snapshots_2023q4.csv.gz"));

        assertThat(loans).hasSize(16_128);
        assertThat(loans.getFirst().debt()).isEqualByComparingTo("13043.957709");
        assertThat(loans.getFirst().bands()).isEqualTo(6);
    }

    private static double total(PositionFile.Positions positions, boolean collateral) {
        return positions.accounts().stream()
                .map(account -> collateral ? account.collateralValue() : account.debtValue())
                .reduce(BigDecimal::add)
                .or(() -> Optional.of(BigDecimal.ZERO))
                .orElseThrow()
                .doubleValue();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("positions.csv"), text);
    }
}
