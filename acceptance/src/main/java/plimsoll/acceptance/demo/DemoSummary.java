package plimsoll.acceptance.demo;

import plimsoll.runtime.cli.Table;

/**
 * How the demo ended: the object of the command contract.
 *
 * @param positions accounts with debt when the crash began
 * @param liquidatable accounts seen at an exact health factor below 1 during the crash
 * @param liquidated those of them that our transactions brought back to 1 or more, or to no debt
 * @param badDebt debt without collateral at the end, in US dollars, decimal text
 * @param profit what liquidations brought at the prices of their blocks, net of gas, in US dollars, decimal text
 * @param dashboard the oracle's page
 * @param keeperPage the keeper's page
 * @param prices where the prices came from
 */
public record DemoSummary(
        Proposals proposals,
        Crash crash,
        int positions,
        int liquidatable,
        int liquidated,
        Latency liquidationLatencyMs,
        String badDebt,
        String profit,
        double seconds,
        String dashboard,
        String keeperPage,
        String prices) {

    public record Proposals(int submitted, int executed) {}

    public record Crash(String asset, double percent) {}

    /**
     * From the first block seen with the account below 1 to the block seen with its liquidation, milliseconds; blocks come
     * once a second.
     */
    public record Latency(double p50, double p99, double max) {}

    /** Whether the loop did what it is for. */
    public boolean isGood() {
        return liquidatable > 0 && liquidated == liquidatable && proposals.executed() >= 1;
    }

    @Override
    public String toString() {
        return Table.facts()
                .row("prices", prices)
                .row("proposals", proposals.submitted() + " submitted, " + proposals.executed() + " executed")
                .row("crash", crash.asset() + " fell by " + Math.round(crash.percent() * 10) / 10.0 + " %")
                .row("positions", positions)
                .row("liquidatable", liquidatable)
                .row("liquidated", liquidated)
                .row(
                        "latency",
                        "p50 " + Math.round(liquidationLatencyMs.p50()) + " ms, p99 "
                                + Math.round(liquidationLatencyMs.p99()) + " ms, max "
                                + Math.round(liquidationLatencyMs.max()) + " ms (a block each second)")
                .row("bad debt", "$" + badDebt)
                .row("profit", "$" + profit + " net of gas")
                .row("took", Math.round(seconds) + " s")
                .row("oracle", dashboard)
                .row("keeper", keeperPage)
                .toString();
    }
}
