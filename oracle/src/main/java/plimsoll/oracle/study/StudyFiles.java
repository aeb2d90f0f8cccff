package plimsoll.oracle.study;

import java.nio.file.Path;

/** Where the study's inputs lie below one data folder. */
record StudyFiles(Path root) {

    Path snapshots() {
        return root.resolve("params/aave_v3_market_snapshots_2023.csv");
    }

    Path changes() {
        return root.resolve("params/aave_param_changes_until_20250630.csv");
    }

    Path episodes() {
        return root.resolve("stress_windows.csv");
    }

    Path stakedBorrowers() {
        return root.resolve("positions/aave_v2_steth_borrowers_202306.csv");
    }

    Path bitcoinLoans() {
        return root.resolve("positions/crvusd_wbtc_borrower_snapshots_2023q4.csv.gz");
    }

    Path quotes() {
        return root.resolve("liquidity/oneinch_quotes_20231120.csv.gz");
    }

    Path prices() {
        return root.resolve("prices");
    }

    Path dailyPrices() {
        return root.resolve("prices/daily");
    }

    Path marks() {
        return root.resolve("options/deribit_perp_marks_at_snapshots.csv");
    }

    Path stakedEtherRounds() {
        return root.resolve("chainlink/STETH-ETH_ethereum_0x86392dC19c0b719886221c78AB11eb8Cf5c52812_rounds.csv.gz");
    }
}
