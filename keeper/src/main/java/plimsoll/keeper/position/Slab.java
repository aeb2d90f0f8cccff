package plimsoll.keeper.position;

import java.util.Arrays;

/**
 * Accounts with about as many terms each, in blocks of eight: the first terms of eight accounts stand beside each other, then
 * their second ones. A sum over all accounts reads both columns from front to back and writes nothing.
 */
final class Slab {

    /** Accounts of a block: as many as the widest vector has doubles. */
    static final int BLOCK = 8;

    private static final int SHIFT = 3;

    /** Each number of terms up to this one has a slab of its own; above, they share one up to the next power of two. */
    private static final int NARROW = 8;

    /** How many slabs there are: up to 256 terms, two for each of {@link Weights#RESERVES}. */
    static final int WIDTHS = NARROW + 5;

    final int width;
    double[] amounts;
    int[] factors;
    private int size;
    private int[] accounts = new int[BLOCK];

    /** @param width the most terms that an account has here */
    Slab(int width) {
        this.width = width;
        amounts = new double[width * BLOCK];
        factors = new int[width * BLOCK];
    }

    static int width(int number) {
        return number < NARROW ? number + 1 : NARROW << (number - NARROW + 1);
    }

    /** The slab for an account of so many terms. */
    static int numberFor(int terms) {
        return terms <= NARROW
                ? Math.max(terms, 1) - 1
                : NARROW + Integer.SIZE - Integer.numberOfLeadingZeros((terms - 1) >> SHIFT) - 1;
    }

    int size() {
        return size;
    }

    int account(int place) {
        return accounts[place];
    }

    /** The first term of a place; the next ones follow at distances of {@link #BLOCK}. */
    int first(int place) {
        return (place >> SHIFT) * width * BLOCK + (place & (BLOCK - 1));
    }

    /** Makes a place at the end. */
    int add(int account) {
        if (size == accounts.length) {
            int larger = (size + size / 2 + BLOCK) & -BLOCK;
            accounts = Arrays.copyOf(accounts, larger);
            amounts = Arrays.copyOf(amounts, larger * width);
            factors = Arrays.copyOf(factors, larger * width);
        }
        accounts[size] = account;
        return size++;
    }

    void set(int place, Terms terms) {
        for (int term = 0, at = first(place); term < width; term++, at += BLOCK) {
            boolean isThere = term < terms.size();
            amounts[at] = isThere ? terms.amount(term) : 0;
            factors[at] = isThere ? terms.factor(term) : Factors.NONE;
        }
    }

    /** Fills a place with the last account, whose number is returned; the account itself where it was the last. */
    int remove(int place) {
        int last = --size;
        int from = first(last);
        int to = first(place);
        for (int term = 0; term < width; term++, from += BLOCK, to += BLOCK) {
            amounts[to] = amounts[from];
            factors[to] = factors[from];
            amounts[from] = 0;
            factors[from] = Factors.NONE;
        }
        accounts[place] = accounts[last];
        return accounts[place];
    }
}
