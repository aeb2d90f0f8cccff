package plimsoll.oracle.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesFileTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"ts", "time", "date", "timestamp", "updatedAt_iso", "Date"})
    void findsTheTimeColumn(String name) throws IOException {
        var file = write(name + ",close\n2024-01-01,10\n2024-01-02,11\n");

        var prices = SeriesFile.prices(file, Optional.empty(), Optional.empty());

        assertThat(prices.prices()).containsExactly(10, 11);
        assertThat(prices.time(1)).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-02",
                "2024-01-02T00:00:00Z",
                "2024-01-02T00:00:00.000Z",
                "2024-01-02 00:00:00",
                "2024-01-02T01:00:00+01:00",
                "1704153600",
                "1704153600.0"
            })
    void readsEveryFormOfTime(String time) throws IOException {
        var file = write("time,price\n" + time + ",10\n");

        assertThat(SeriesFile.prices(file, Optional.empty(), Optional.empty()).time(0))
                .isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
    }

    @Test
    void takesTheFirstPriceColumnOfTheContractUnlessOneIsNamed() throws IOException {
        var file = write("ts,answer,price,open\n0,3,2,1\n");

        assertThat(SeriesFile.prices(file, Optional.empty(), Optional.empty()).price(0))
                .isEqualTo(2);
        assertThat(SeriesFile.prices(file, Optional.of("open"), Optional.empty())
                        .price(0))
                .isEqualTo(1);
    }

    @Test
    void readsGzipQuotesCommentsInQuotesAndWindowsLines() throws IOException {
        var file = folder.resolve("prices.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("\uFEFF\"date\",\"note\",\"close\"\r\n\"2024-01-01\",\"a, \"\"b\"\"\",\"1e1\"\r\n\r\n"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(SeriesFile.prices(file, Optional.empty(), Optional.empty()).prices())
                .containsExactly(10);
    }

    @Test
    void ordersRoundsAndKeepsTheLastOfEqualTimes() throws IOException {
        var file = write("""
            roundId,answer,updatedAt_iso
            110680464442257309698,20,2024-01-01T01:00:00Z
            110680464442257309697,10,2024-01-01T00:00:00Z
            110680464442257309699,21,2024-01-01T01:00:00Z
            """);

        var prices = SeriesFile.prices(file, Optional.empty(), Optional.empty());

        assertThat(prices.prices()).containsExactly(10, 21);
    }

    @Test
    void returnsAndLossesNeedNoTimes() throws IOException {
        assertThat(SeriesFile.returns(write("t,return_pct\n1,1.5\n1,-2\n"), Optional.empty()))
                .isEqualTo(new SeriesFile.Returns(java.util.List.of(1.5, -2.0), 100));
        assertThat(SeriesFile.returns(write("return\n0.5\n"), Optional.empty()).unitsPerOne())
                .isEqualTo(1);
        assertThat(SeriesFile.losses(write("x,loss\na,3\nb,-1\n"), Optional.empty()))
                .containsExactly(3, -1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 1; file is empty",
                "'\n\n'; 1; file is empty",
                "'date,close\n'; 1; file has a header and no rows",
                "'date,volume\n2024-01-01,1\n'; 1; missing column one of close, price",
                "'day,close\n2024-01-01,1\n'; 1; missing column one of ts, time",
                "'date,close\n2024-01-01,abc\n'; 2; not a number: close='abc'",
                "'date,close\n2024-01-01,NaN\n'; 2; not a number: close='NaN'",
                "'date,close\n2024-01-01,1d\n'; 2; not a number: close='1d'",
                "'date,close\n2024-01-01,1e999\n'; 2; not a number: close='1e999'",
                "'date,close\n2024-01-01,\n'; 2; not a number: close=''",
                "'date,close\n2024-01-01,1\n2024-01-02,0\n'; 3; price is not positive: close='0'",
                "'date,close\n2024-01-01,-5\n'; 2; price is not positive",
                "'date,close\n2024-01-02,1\n2024-01-01,1\n'; 3; time is out of order",
                "'date,close\n2024-01-01,1\n\n2024-01-01,1\n'; 4; time repeats",
                "'date,close\n2024-13-01,1\n'; 2; not a time: date='2024-13-01'",
                "'date,close\nyesterday,1\n'; 2; not a time",
                "'ts,close\n1704153600000,1\n'; 2; not milliseconds",
                "'date,close\n2024-01-01,1,2\n'; 2; '3 fields, the header has 2'",
                "'date,close\n\"2024-01-01,1\n'; 2; a quote is not closed",
                "'roundId,date,close\nx,2024-01-01,1\n'; 2; not a round number"
            })
    void namesTheLineOfWhatIsWrong(String text, long line, String what) throws IOException {
        var file = write(text);

        assertThatThrownBy(() -> SeriesFile.prices(file, Optional.empty(), Optional.empty()))
                .hasMessageStartingWith(file + ":" + line + ": ")
                .hasMessageContaining(what);
    }

    @Test
    void refusesGapsOnRequest() throws IOException {
        var file = write("date,close\n2024-01-01,1\n2024-01-02,1\n2024-01-05,1\n");

        assertThat(SeriesFile.prices(file, Optional.empty(), Optional.of(Duration.ofDays(3)))
                        .size())
                .isEqualTo(3);
        assertThatThrownBy(() -> SeriesFile.prices(file, Optional.empty(), Optional.of(Duration.ofDays(2))))
                .hasMessageContaining(":4: gap of PT72H");
    }

    @Test
    void refusesBarsWhoseRangeDoesNotHoldThem() throws IOException {
        var file = write("date,open,high,low,close\n2024-01-01,5,4,3,3.5\n");

        assertThatThrownBy(() -> SeriesFile.bars(file, Optional.empty())).hasMessageContaining(":2: low and high");
    }

    @Test
    void refusesAMissingFileAFolderAndADamagedGzip() throws IOException {
        var missing = folder.resolve("missing.csv");
        var damaged = folder.resolve("damaged.csv.gz");
        Files.write(damaged, new byte[] {0x1f, (byte) 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

        assertThatThrownBy(() -> SeriesFile.prices(missing, Optional.empty(), Optional.empty()))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> SeriesFile.prices(folder, Optional.empty(), Optional.empty()))
                .hasMessageContaining("not a readable file");
        assertThatThrownBy(() -> SeriesFile.prices(damaged, Optional.empty(), Optional.empty()))
                .hasMessageContaining("damaged.csv.gz");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("input.csv"), text);
    }
}
