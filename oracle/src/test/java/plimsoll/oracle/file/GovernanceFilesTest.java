package plimsoll.oracle.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.runtime.cli.CommandFailure;

/** The files that only studies read: parameter changes, turnover, marks. */
class GovernanceFilesTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsWhatAProposalChanged() throws IOException {
        var file = write("changes.csv", """
                date,market,scope,asset,parameter,before,after,event,proposal,source_repo
                2023-08-28,AaveV3Ethereum,reserve,DAI,liquidationBonus,4.0,5.0,change,Update,bgd-labs/aave-proposals
                2023-08-17,AaveV3Ethereum,reserve,sDAI,ltv,,77.0,listing,Onboarding,bgd-labs/aave-proposals
                """);

        var changes = ParameterChangeFile.read(file);

        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst().date()).isEqualTo(LocalDate.of(2023, 8, 28));
        assertThat(changes.getFirst().before()).contains("4.0");
        assertThat(changes.getFirst().after()).contains("5.0");
        assertThat(changes.getLast().before()).isEmpty();
    }

    @Test
    void aChangeWithoutADateIsNamed() throws IOException {
        var file = write("changes.csv", """
                date,market,scope,asset,parameter,before,after,event,proposal,source_repo
                soon,AaveV3Ethereum,reserve,DAI,ltv,4.0,5.0,change,Update,bgd-labs/aave-proposals
                """);

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> ParameterChangeFile.read(file))
                .withMessageContaining("changes.csv:2");
    }

    @Test
    void takesTheMedianTurnoverOfCandlesThatHadEnded() throws IOException {
        var file = write("turnover.csv", """
                date,open,high,low,close,volume_base
                2023-01-01,1,1,1,10,100
                2023-01-02,1,1,1,10,200
                2023-01-03,1,1,1,10,400
                2023-01-04,1,1,1,10,99999
                """);

        // On 4 January at 00:00 three candles have ended: 1,000, 2,000 and 4,000.
        var turnover = TurnoverFile.median(file, Instant.parse("2023-01-04T00:00:00Z"), Duration.ofDays(3), DAY);

        assertThat(turnover.orElseThrow()).isCloseTo(2_000, within(1e-9));
        assertThat(TurnoverFile.median(file, Instant.parse("2023-01-01T00:00:00Z"), DAY, DAY))
                .isEmpty();
    }

    @Test
    void readsTheMarksOfOneCoin() throws IOException {
        var file = write("marks.csv", """
                ts,coin,perp_futures_mark_price
                2026-02-03T04:29:35Z,BTC,78000
                2026-02-03T04:29:35Z,ETH,2331.7
                2026-02-03T09:33:33Z,BTC,77000
                """);

        var marks = MarkFile.read(file, "BTC");

        assertThat(marks.prices()).containsExactly(78_000, 77_000);
        assertThat(marks.time(1)).isEqualTo(Instant.parse("2026-02-03T09:33:33Z"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
