package plimsoll.abi;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import plimsoll.units.Address;

/**
 * Whose liquidation a call attempts, read before any block holds it: a call to a market itself, or one of another contract that carries
 * such a call in its data as it is. What packs its arguments in a way of its own is not seen.
 */
public final class LiquidationTargets {

    private static final int BYTE = 2;
    private static final int WORD = 64;
    private static final int ADDRESS = 40;
    private static final String ZEROS = "0".repeat(WORD - ADDRESS);

    /** Where the borrower stands among a function's words. */
    private static final Map<String, Integer> BORROWERS = Map.of(
            bare(AavePool.LIQUIDATION_CALL), 2,
            bare(AaveSpoke.LIQUIDATION_CALL), 2,
            bare(VToken.LIQUIDATE_BORROW), 0,
            bare(VenusLiquidator.LIQUIDATE_BORROW), 1,
            bare(Morpho.LIQUIDATE), 5,
            bare(PreLiquidation.PRE_LIQUIDATE), 0);

    private static final String ABSORB = bare(Comet.ABSORB);
    private static final int ABSORBED_COUNT = 2;
    private static final int MOST_ABSORBED = 1_000;

    private LiquidationTargets() {}

    /** Nobody where the call is none that is known here; a market may still refuse it. */
    public static Set<Address> of(String callData) {
        Set<Address> accounts = new LinkedHashSet<>();
        BORROWERS.forEach((selector, place) -> {
            for (int at = next(callData, selector, BYTE); at > 0; at = next(callData, selector, at + BYTE)) {
                add(accounts, callData, at + selector.length() + place * WORD);
            }
        });
        for (int at = next(callData, ABSORB, BYTE); at > 0; at = next(callData, ABSORB, at + BYTE)) {
            absorbed(accounts, callData, at + ABSORB.length());
        }
        return accounts;
    }

    private static String bare(ContractFunction function) {
        return function.selector().substring(BYTE);
    }

    /** The selector's next place that begins with a whole byte, or less than one. */
    private static int next(String callData, String selector, int from) {
        int at = callData.indexOf(selector, from);
        while (at > 0 && at % BYTE != 0) {
            at = callData.indexOf(selector, at + 1);
        }
        return at;
    }

    private static void absorbed(Set<Address> accounts, String callData, int arguments) {
        int count = arguments + ABSORBED_COUNT * WORD;
        if (callData.length() < count + WORD || !callData.startsWith(ZEROS + ZEROS, count)) {
            return;
        }
        // Sixteen digits may be more than a long holds.
        long named = Long.parseUnsignedLong(callData.substring(count + 2 * ZEROS.length(), count + WORD), 16);
        for (int i = 1; i <= MOST_ABSORBED && Long.compareUnsigned(i, named) <= 0; i++) {
            add(accounts, callData, count + i * WORD);
        }
    }

    private static void add(Set<Address> accounts, String callData, int word) {
        if (callData.length() >= word + WORD && callData.startsWith(ZEROS, word)) {
            accounts.add(new Address("0x" + callData.substring(word + ZEROS.length(), word + WORD)));
        }
    }
}
