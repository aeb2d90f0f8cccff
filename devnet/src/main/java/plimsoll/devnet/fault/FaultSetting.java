package plimsoll.devnet.fault;

import java.math.BigDecimal;
import java.util.Optional;
import plimsoll.devnet.fault.Fault.Amount;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/**
 * A fault, how often it strikes and how hard.
 *
 * @param chance the share of the occasions at which it strikes, 0..100 %
 * @param amount what {@link Fault#amount()} says; 0 where a fault has none
 * @param contract the feed or price oracle whose price is wrong; absent means every one
 */
public record FaultSetting(Fault fault, Bps chance, long amount, Optional<Address> contract) {

    public FaultSetting {
        if (chance.compareTo(Bps.ONE_HUNDRED_PERCENT) > 0) {
            throw new IllegalArgumentException("Chance is above 100 %: fault=" + fault.word() + " found=" + chance);
        }
        boolean mayBeNegative = fault.amount() == Amount.OFFSET;
        if (fault.amount() != Amount.NONE && !mayBeNegative && amount < (fault.amount() == Amount.FACTOR ? 0 : 1)) {
            throw new IllegalArgumentException("Amount is too small: fault=" + fault.word() + " found=" + amount);
        }
        if (contract.isPresent() && fault != Fault.WRONG_PRICE) {
            throw new IllegalArgumentException("Only wrongPrice is of a contract: found=" + fault.word());
        }
    }

    static FaultSetting of(Fault fault, Bps chance) {
        return new FaultSetting(fault, chance, 0, Optional.empty());
    }

    static FaultSetting of(Fault fault, Bps chance, long amount) {
        return new FaultSetting(fault, chance, amount, Optional.empty());
    }

    /**
     * Reads {@code drops}, {@code drops=20%}, {@code staleHead=5}, {@code staleHead=5@50%} or {@code wrongPrice=80:0x…}; a
     * chance that is not named is 100 %.
     */
    public static FaultSetting parse(String text) {
        int equals = text.indexOf('=');
        Fault fault = Fault.ofWord(equals < 0 ? text : text.substring(0, equals));
        String rest = equals < 0 ? "" : text.substring(equals + 1);
        if (fault.amount() == Amount.NONE) {
            return of(fault, rest.isEmpty() ? Bps.ONE_HUNDRED_PERCENT : percent(fault, rest));
        }
        int at = rest.indexOf('@');
        Bps chance = at < 0 ? Bps.ONE_HUNDRED_PERCENT : percent(fault, rest.substring(at + 1));
        String dose = at < 0 ? rest : rest.substring(0, at);
        int colon = dose.indexOf(':');
        Optional<Address> contract =
                colon < 0 ? Optional.empty() : Optional.of(Address.parse(dose.substring(colon + 1)));
        return new FaultSetting(fault, chance, amount(fault, colon < 0 ? dose : dose.substring(0, colon)), contract);
    }

    private static Bps percent(Fault fault, String text) {
        if (!text.endsWith("%")) {
            throw new IllegalArgumentException("Chance is not a percentage such as 20%: fault=" + fault.word()
                    + " found=" + text + " example=" + fault.example());
        }
        return Bps.parsePercent(text.substring(0, text.length() - 1));
    }

    private static long amount(Fault fault, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Amount is not a whole number: fault=" + fault.word() + " found=" + text + " example="
                            + fault.example(),
                    e);
        }
    }

    @Override
    public String toString() {
        String share = BigDecimal.valueOf(chance.raw(), 2).stripTrailingZeros().toPlainString() + "%";
        return fault.amount() == Amount.NONE
                ? fault.word() + "=" + share
                : fault.word() + "=" + amount + contract.map(it -> ":" + it).orElse("") + "@" + share;
    }
}
