package plimsoll.keeper.margin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.HealthFactor;

/**
 * What a borrower is told when the health falls below a level.
 *
 * @param key the same for ever, so that a repetition can be told: {@code call/WATCH/MARKET/NUMBER}
 * @param before the health at the look before; absent at the first look, or where there was no debt
 * @param level the one that rings
 * @param restored the level's name, and the health that the reliefs lead to: clear of the level by the watch's band
 * @param reliefs any one of them is enough
 * @param moves any one of them makes the account liquidatable
 */
public record MarginCall(
        String key,
        String watch,
        Level level,
        Level restored,
        Reading reading,
        Optional<HealthFactor> before,
        List<Relief> reliefs,
        List<PriceMove> moves) {

    public MarginCall {
        reliefs = List.copyOf(reliefs);
        moves = List.copyOf(moves);
        if (reading.health().isEmpty()) {
            throw new IllegalArgumentException("Nobody is called who owes nothing: account=" + reading.account());
        }
    }

    /** The key of a watch's call of this number. */
    public static String key(Watch watch, Reading reading, long number) {
        return "call/" + watch.name() + "/" + reading.market() + "/"
                + reading.account().hex() + "/" + number;
    }

    public HealthFactor health() {
        return reading.health().orElseThrow();
    }

    /** One line. */
    public String subject() {
        return "Margin call (" + level.name() + "): health " + health() + " of " + reading.account();
    }

    /** For people. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Account " + reading.account() + " in market " + reading.market() + " is below " + level.below()
                + " (" + level.name() + ").");
        lines.add("");
        lines.add("Health factor now: " + health());
        lines.add("Health factor before: " + before.map(HealthFactor::toString).orElse("not known, or no debt"));
        lines.add("Collateral: " + reading.collateral() + " in the market's base currency");
        lines.add("Debt: " + reading.debt());
        lines.add("Block: " + reading.block() + " at " + reading.time());
        lines.add("");
        if (reliefs.isEmpty()) {
            lines.add("Nothing that we can compute restores " + restored.below() + ".");
        } else {
            lines.add("Any one of these restores " + restored.below() + " (" + restored.name() + "):");
            reliefs.forEach(relief -> lines.add("- " + relief.describe()));
        }
        lines.add("");
        if (moves.isEmpty()) {
            lines.add("The account can be liquidated now, or no single price move makes it so.");
        } else {
            lines.add("Liquidation begins where any one of these goes further:");
            moves.forEach(move -> lines.add("- " + move.describe()));
        }
        return String.join("\n", lines);
    }

    /** For machines, to be written as JSON. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("type", "margin-call");
        facts.put("id", key);
        facts.put("watch", watch);
        facts.put("level", level.name());
        facts.put("levelHealthFactor", level.below());
        facts.put("account", reading.account());
        facts.put("market", reading.market());
        facts.put("healthFactor", health());
        facts.put("healthFactorBefore", before);
        facts.put("collateralBase", reading.collateral());
        facts.put("debtBase", reading.debt());
        facts.put("blockNumber", reading.block());
        facts.put("time", reading.time());
        facts.put("restoresHealthFactor", restored.below());
        facts.put("reliefs", reliefs.stream().map(MarginCall::facts).toList());
        facts.put("priceMoves", moves.stream().map(MarginCall::facts).toList());
        return facts;
    }

    private static Map<String, Object> facts(Relief relief) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("action", relief.kind().word());
        facts.put("asset", relief.asset());
        facts.put("symbol", Plain.word(relief.symbol()));
        facts.put("amount", relief.amount());
        facts.put("amountRaw", relief.amount().raw());
        facts.put("healthFactorAfter", relief.after());
        return facts;
    }

    private static Map<String, Object> facts(PriceMove move) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("symbol", Plain.word(move.symbol()));
        facts.put("direction", move.direction() == PriceMove.Direction.FALLS ? "falls" : "rises");
        facts.put("byBps", move.by());
        return facts;
    }
}
