package plimsoll.oracle.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** A small market in files, made from a seed: a snapshot, hourly prices of three assets, borrowers and quotes. */
public final class GeneratedMarket {

    private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
    private static final int HOURS = 1_800;
    private static final int ACCOUNTS = 60;

    private final Path folder;

    private GeneratedMarket(Path folder) {
        this.folder = folder;
    }

    /** Writes the files below a folder. */
    public static GeneratedMarket in(Path folder, long seed) throws IOException {
        Random random = new Random(seed);
        Files.createDirectories(folder.resolve("prices"));
        prices(folder, random, "ETH", 1_800, 0.008);
        prices(folder, random, "LINK", 7, 0.012);
        prices(folder, random, "USDC", 1, 0.0003);
        Files.writeString(folder.resolve("market.csv"), """
                snapshot_date,market,symbol,underlying,decimals,ltv_bps,liquidation_threshold_bps,liquidation_bonus_bps,liquidation_protocol_fee_bps,reserve_factor_bps,supply_cap,borrow_cap,debt_ceiling,emode_category,usage_as_collateral,borrowing_enabled,is_frozen,oracle_answer,oracle_decimals
                2023-03-10,Generated,WETH,0x00000000000000000000000000000000000000a1,18,8000,8250,10500,1000,1500,1000000,800000,0,0,True,True,False,180000000000,8
                2023-03-10,Generated,LINK,0x00000000000000000000000000000000000000a2,18,5300,6800,10700,1000,2000,9000000,4000000,0,0,True,True,False,700000000,8
                2023-03-10,Generated,USDC,0x00000000000000000000000000000000000000a3,6,7700,8000,10450,1000,1000,900000000,800000000,0,0,True,True,False,100000000,8
                2023-03-10,Generated,LDO,0x00000000000000000000000000000000000000a4,18,4000,5000,10900,1000,2000,9000000,4000000,0,0,True,True,False,200000000,8
                """);
        positions(folder, random);
        quotes(folder);
        return new GeneratedMarket(folder);
    }

    public Path folder() {
        return folder;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    private static void prices(Path folder, Random random, String asset, double first, double deviation)
            throws IOException {
        StringBuilder csv = new StringBuilder("ts,close\n");
        double log = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            // Sums of three uniforms have thinner tails than markets; one shock in fifty is five times as large.
            double shock = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
            log += 2 * deviation * shock * (random.nextInt(50) == 0 ? 5 : 1);
            csv.append(START.plus(Duration.ofHours(hour)))
                    .append(',')
                    .append(String.format(Locale.ROOT, "%.8f", first * StrictMath.exp(log)))
                    .append('\n');
        }
        Files.writeString(folder.resolve("prices/" + asset + "-USD_generated.csv"), csv);
    }

    private static void positions(Path folder, Random random) throws IOException {
        StringBuilder csv = new StringBuilder("account,asset,collateral_usd,debt_usd\n");
        for (int i = 0; i < ACCOUNTS; i++) {
            String collateral = i % 3 == 0 ? "LINK" : "WETH";
            double value = 5_000 * StrictMath.exp(3 * random.nextDouble());
            double leverage = 0.35 + (i % 3 == 0 ? 0.3 : 0.46) * random.nextDouble();
            csv.append(String.format(Locale.ROOT, "borrower-%03d,%s,%.2f,0\n", i, collateral, value));
            csv.append(String.format(Locale.ROOT, "borrower-%03d,USDC,0,%.2f\n", i, value * leverage));
        }
        Files.writeString(folder.resolve("positions.csv"), csv);
    }

    private static void quotes(Path folder) throws IOException {
        StringBuilder csv = new StringBuilder("ts,sell,buy,amount_in,amount_out\n");
        for (double size = 1; size <= 20_000; size *= 3) {
            double impact = 0.000_4 * StrictMath.sqrt(size);
            csv.append(String.format(
                    Locale.ROOT, "2023-03-10T12:00:00Z,WETH,USDC,%.4f,%.4f\n", size, size * 1_800 * (1 - impact / 10)));
        }
        Files.writeString(folder.resolve("quotes.csv"), csv);
    }
}
