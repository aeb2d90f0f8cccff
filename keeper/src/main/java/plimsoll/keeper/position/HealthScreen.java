package plimsoll.keeper.position;

import java.util.Arrays;

/**
 * Which accounts may have a health factor below h? The first, fast answer: it may name a healthy account, it never leaves out
 * an unhealthy one. What it names is confirmed exactly before anything acts.
 *
 * <p>One sparse matrix-vector product, over the accounts that owe something and the terms that are not zero:
 *
 * <pre>
 * E = Σ c·wᶜ·(1 − ε) − h·Σ d·wᵈ·(1 + ε) − (Σ σᶜ + h·Σ σᵈ)·(1 + ε),   flag  ⟺  not E &gt; 0
 *
 * c, d     what is stored of the account's collateral and debt
 * wᶜ, wᵈ   what a stored unit of it weighs                              {@link Weights}
 * σᶜ, σᵈ   by how much the protocol's own roundings may err             {@link Weights}
 * </pre>
 *
 * <p>Why it cannot miss. {@link Weights} promises of every unhealthy account that, in real numbers, T = Σ c·wᶜ − h·Σ d·wᵈ − Σ σ ≤ 0.
 * With A = Σ c·wᶜ + h·Σ d·wᵈ + Σ σ, the sum of what stands in it without signs, E = T − ε·A. What is computed instead of E
 * differs from it by at most γ·A·(1 + ε), γ = 2·(n + 12)·2⁻⁵³: n terms each bring two additions, one product, an amount and
 * weights that were rounded a few times when they became doubles. An account has at most 256 terms, two for each of 128
 * reserves, so that γ ≤ 6·10⁻¹⁴, and ε = 10⁻¹² covers it sixteen times over: what is computed of an unhealthy account is not
 * positive. An infinite debt gives −∞, and where nothing can be computed, NaN is not positive either.
 *
 * <p>The layout follows from what costs: the reading of memory. An account without debt takes no place, an empty reserve no
 * term, and accounts of as many terms stand together ({@link Slab}), so that a term costs twelve bytes and nothing is written.
 *
 * <p>There is no index by trigger price. Interest moves the trigger price of every account in every block, so that an index would have
 * to be made anew as often as it is asked, or know by how much it may be wrong; the whole sum takes a millisecond for 100,000
 * accounts and six for a million, which leaves nothing to save.
 */
final class HealthScreen {

    /** Covers every rounding of the double sums, see above. */
    static final double RELATIVE_ERROR = 1e-12;

    /**
     * Fewer accounts are summed one by one, in a millisecond and from the first time on: vectors are slow until the compiler has
     * seen them often.
     */
    private static final int FEW = 200_000;

    private static final int INITIAL = 64;
    private static final int NOWHERE = -1;

    private final ScreenLanes few;
    private final ScreenLanes many;
    private final Slab[] slabs = new Slab[Slab.WIDTHS];
    private int[] slabOf = filled(INITIAL, 0);
    private int[] placeOf = filled(INITIAL, NOWHERE);
    private int[] flagged = new int[INITIAL];

    HealthScreen() {
        this(new ScalarScreenLanes(), ScreenLanes.best());
    }

    /** One that takes one twin for few accounts and one for many. */
    HealthScreen(ScreenLanes few, ScreenLanes many) {
        this.few = few;
        this.many = many;
        Arrays.setAll(slabs, number -> new Slab(Slab.width(number)));
    }

    /** Sets what an account holds now, in place of what it held. */
    void set(int account, Terms terms) {
        if (account >= placeOf.length) {
            int larger = Math.max(2 * placeOf.length, account + 1);
            slabOf = Arrays.copyOf(slabOf, larger);
            int known = placeOf.length;
            placeOf = Arrays.copyOf(placeOf, larger);
            Arrays.fill(placeOf, known, larger, NOWHERE);
        }
        int slab = Slab.numberFor(terms.size());
        if (placeOf[account] != NOWHERE && (!terms.hasDebt() || slab != slabOf[account])) {
            int moved = slabs[slabOf[account]].remove(placeOf[account]);
            placeOf[moved] = placeOf[account];
            placeOf[account] = NOWHERE;
        }
        if (!terms.hasDebt()) {
            return;
        }
        if (placeOf[account] == NOWHERE) {
            placeOf[account] = slabs[slab].add(account);
            slabOf[account] = slab;
        }
        slabs[slab].set(placeOf[account], terms);
    }

    /**
     * The accounts, in ascending order, whose health factor may be below {@code healthFactor}. Accounts without debt are never
     * named.
     */
    int[] accountsBelow(double healthFactor, Weights weights) {
        double[] factors = Factors.of(weights, healthFactor, RELATIVE_ERROR);
        int indebted = 0;
        for (Slab slab : slabs) {
            indebted += slab.size();
        }
        if (indebted > flagged.length) {
            flagged = new int[indebted + indebted / 2];
        }
        ScreenLanes lanes = indebted < FEW ? few : many;
        int found = 0;
        for (Slab slab : slabs) {
            int end = lanes.notPositive(slab, factors, flagged, found);
            for (; found < end; found++) {
                flagged[found] = slab.account(flagged[found]);
            }
        }
        int[] accounts = Arrays.copyOf(flagged, found);
        Arrays.sort(accounts);
        return accounts;
    }

    private static int[] filled(int length, int value) {
        int[] filled = new int[length];
        Arrays.fill(filled, value);
        return filled;
    }
}
