"""Vectors for every Aave v3 revision: python3 revisions.py > revisions.txt (Python 3.11; the same seed gives the same bytes).

Written from the protocol's published rules, without looking at the Java: what each release of aave-v3-origin (3.2.0 to
3.7.0) states of GenericLogic, LiquidationLogic, MathUtils and TokenMath. Every quotient is taken by `quotient`, which says
its direction in words, so that the roundings can be read off here line by line.

A "state" line is a market of three reserves, an account and a request; below it one line for each revision.
  state    seconds since the update, eMode category (ltv threshold bonus bitmap zero-bitmap isolated), account's eMode,
           three reserves (ltv threshold bonus decimals fee income-index debt-index income-rate debt-rate price),
           three holdings (supplied flagged borrowed), collateral, debt, debt to cover
  revision collateral debt available threshold ltv health (or -), then either the error's name or
           repaid seized fee closes-reserve and reserve:deficit for each
"""
import random

YEAR, RAY, WAD = 365 * 86400, 10**27, 10**18
DOWN, NEAREST, UP = 'down', 'nearest', 'up'


def quotient(numerator, denominator, direction):
    whole, rest = divmod(numerator, denominator)
    if direction == UP:
        return whole + (rest > 0)
    if direction == NEAREST:
        # The contract adds half the divisor, itself rounded down, before it divides.
        return (numerator + denominator // 2) // denominator
    return whole


def growth_of_debt(rate, n, revision):
    if revision >= 8:
        x = quotient(rate * n, YEAR, DOWN)
        third = quotient(x * quotient(x, 6, DOWN), RAY, NEAREST)
        return RAY + x + quotient(x * (quotient(x, 2, DOWN) + third), RAY, NEAREST)
    if n == 0:
        return RAY
    squared = quotient(quotient(rate * rate, RAY, NEAREST), YEAR * YEAR, DOWN)
    cubed = quotient(quotient(squared * rate, RAY, NEAREST), YEAR, DOWN)
    pairs = n * (n - 1)
    triples = pairs * (n - 2 if n > 2 else 0)
    return RAY + quotient(rate * n, YEAR, DOWN) + pairs * squared // 2 + triples * cubed // 6


class View:
    """The account as one revision sees it."""

    def __init__(self, state, revision):
        self.s, self.rev = state, revision
        n = state['elapsed']
        self.income, self.index = [], []
        for r in state['reserves']:
            linear = RAY + quotient(r['income_rate'] * n, YEAR, DOWN)
            self.income.append(r['income'] if n == 0 else quotient(linear * r['income'], RAY, NEAREST))
            grown = growth_of_debt(r['debt_rate'], n, revision)
            self.index.append(r['debt'] if n == 0 else quotient(grown * r['debt'], RAY, NEAREST))
        new = revision >= 9
        self.have = [quotient(h['supplied'] * i, RAY, DOWN if new else NEAREST)
                     for h, i in zip(state['holdings'], self.income)]
        self.owe = [quotient(h['borrowed'] * i, RAY, UP if new else NEAREST)
                    for h, i in zip(state['holdings'], self.index)]
        self.debt_direction = UP if new else DOWN

    def covered(self, i):
        return self.s['emode'] != 0 and self.s['category']['bitmap'] >> i & 1 == 1

    def counts(self, i):
        flagged = self.s['holdings'][i]['flagged']
        return flagged and (self.rev >= 10 or self.s['reserves'][i]['threshold'] != 0)

    def price(self, i):
        return self.s['reserves'][i]['price']

    def unit(self, i):
        return 10 ** self.s['reserves'][i]['decimals']

    def collateral_value(self, i, tokens):
        return quotient(tokens * self.price(i), self.unit(i), DOWN)

    def debt_value(self, i, tokens):
        return quotient(tokens * self.price(i), self.unit(i), self.debt_direction)

    def ltv(self, i):
        own = self.s['reserves'][i]['ltv']
        category = self.s['category']
        if self.covered(i):
            zero = category['zero'] >> i & 1 == 1 if self.rev >= 10 else own == 0
            return 0 if zero else category['ltv']
        if self.rev >= 11 and self.s['emode'] != 0 and category['isolated']:
            return 0
        return own

    def threshold(self, i):
        return self.s['category']['threshold'] if self.covered(i) else self.s['reserves'][i]['threshold']

    def account(self):
        worth = [self.collateral_value(i, self.have[i]) if self.counts(i) else 0 for i in range(3)]
        collateral = sum(worth)
        debt = sum(self.debt_value(i, self.owe[i]) for i in range(3))
        by_threshold = sum(w * self.threshold(i) for i, w in enumerate(worth))
        by_ltv = sum(w * self.ltv(i) for i, w in enumerate(worth))
        threshold = by_threshold // collateral if collateral else 0
        ltv = by_ltv // collateral if collateral else 0
        if debt == 0:
            health = None
        elif self.rev >= 9:
            health = quotient(by_threshold * WAD, debt, NEAREST) // 10_000
        else:
            health = quotient(quotient(collateral * threshold, 10_000, NEAREST) * WAD, debt, NEAREST)
        limit = quotient(collateral * ltv, 10_000, DOWN if self.rev >= 9 else NEAREST)
        return collateral, debt, max(0, limit - debt), threshold, ltv, health

    def liquidation(self):
        c, d = self.s['collateral'], self.s['debt']
        all_collateral, all_debt, _, _, _, health = self.account()
        if health is None or health >= WAD:
            return ['HealthFactorNotBelowThreshold']
        bonus = 10_000 + self.s['category']['bonus'] if self.covered(c) else self.s['reserves'][c]['bonus']
        # Without any bonus set the contract divides by zero; the class calls that no collateral.
        if not self.counts(c) or bonus == 0:
            return ['CollateralCannotBeLiquidated']
        if self.owe[d] == 0:
            return ['SpecifiedCurrencyNotBorrowedByUser']

        most = self.owe[d]
        if self.rev <= 6:
            if health > 95 * 10**16:
                most = quotient(self.owe[d] * 5_000, 10_000, NEAREST)
        elif (self.collateral_value(c, self.have[c]) >= 2_000 * 10**8 and self.debt_value(d, self.owe[d]) >= 2_000 * 10**8
              and health > 95 * 10**16):
            half = quotient(all_debt * 5_000, 10_000, NEAREST)
            if self.debt_value(d, self.owe[d]) > half:
                most = half * self.unit(d) // self.price(d)
        cover = min(self.s['cover'], most)

        equivalent = self.price(d) * cover * self.unit(c) // (self.price(c) * self.unit(d))
        taken = quotient(equivalent * bonus, 10_000, DOWN if self.rev >= 11 else NEAREST)
        if taken > self.have[c]:
            taken = self.have[c]
            worth = self.price(c) * taken * self.unit(d) // (self.price(d) * self.unit(c))
            cover = quotient(worth * 10_000, bonus, UP if self.rev >= 9 else NEAREST)

        fee = 0
        share = self.s['reserves'][c]['fee']
        if share:
            if self.rev >= 11:
                fee = quotient((taken - quotient(taken * 10_000, bonus, DOWN)) * share, 10_000, UP)
            else:
                fee = quotient((taken - quotient(taken * 10_000, bonus, NEAREST)) * share, 10_000, NEAREST)
        seized = taken - fee

        if self.rev >= 7 and cover < self.owe[d] and taken < self.have[c]:
            left_debt = self.debt_value(d, self.owe[d] - cover)
            left_collateral = self.collateral_value(c, self.have[c] - taken)
            if left_debt < 1_000 * 10**8 or left_collateral < 1_000 * 10**8:
                return ['MustNotLeaveDust']

        move = UP if self.rev >= 9 else NEAREST
        owned = self.s['holdings'][c]['supplied']
        scaled_seized = quotient(seized * RAY, self.income[c], move)
        scaled_fee = quotient(fee * RAY, self.income[c], move)
        if self.rev >= 11:
            gone = min(scaled_seized + scaled_fee, owned)
            closes = gone == owned
            tokens_gone = quotient(gone * self.income[c], RAY, DOWN)
            nothing_left = self.collateral_value(c, tokens_gone) == all_collateral
        else:
            closes = taken == self.have[c]
            nothing_left = self.rev >= 7 and self.collateral_value(c, taken) == all_collateral

        burnt = self.owe[d] if nothing_left else cover
        scaled_burnt = quotient(burnt * RAY, self.index[d], DOWN if self.rev >= 9 else NEAREST)
        if scaled_burnt == 0 or scaled_seized == 0:
            return ['InvalidBurnAmount']
        if fee and scaled_fee > owned - scaled_seized:
            fee = quotient((owned - scaled_seized) * self.income[c], RAY, DOWN if self.rev >= 9 else NEAREST)

        result = [cover, seized, fee, int(closes)]
        if nothing_left:
            for i in range(3):
                left = self.owe[i] - (cover if i == d else 0)
                if left > 0:
                    result.append(f'{i}:{left}')
        return result


def random_state(rng):
    emode = rng.choice([0, 0, 1])
    reserves = []
    for i, (decimals, dollars) in enumerate([(18, rng.uniform(1_000, 4_000)), (6, rng.uniform(0.9, 1.1)),
                                             (8, rng.uniform(20_000, 90_000))]):
        threshold = rng.choice([0, 7_800, 8_300, 8_651]) if i == 2 else rng.randrange(6_000, 9_000)
        reserves.append(dict(
            ltv=0 if threshold == 0 or rng.random() < .15 else threshold - rng.randrange(100, 900),
            threshold=threshold, bonus=0 if threshold == 0 else 10_000 + rng.randrange(1, 1_500), decimals=decimals,
            fee=rng.choice([0, 1_000, 1_037, 2_000]), income=RAY + rng.randrange(RAY // 3), debt=RAY + rng.randrange(RAY),
            income_rate=rng.randrange(RAY // 20), debt_rate=rng.randrange(RAY // 5), price=int(dollars * 10**8)))
    collateral, debt = rng.randrange(3), rng.randrange(3)
    category = dict(ltv=9_000, threshold=9_300, bonus=rng.randrange(50, 300), bitmap=rng.randrange(1, 8),
                    zero=rng.choice([0, 0, 1, 4]), isolated=rng.randrange(2))
    state = dict(elapsed=rng.choice([0, 1, 2, 12, rng.randrange(40_000_000)]), emode=emode, category=category,
                 reserves=reserves, holdings=[dict(supplied=0, flagged=False, borrowed=0) for _ in range(3)],
                 collateral=collateral, debt=debt, cover=0)
    size = 10 ** rng.uniform(1.5, 5.5)

    def tokens(i, value):
        return int(value * 10**8 * 10 ** reserves[i]['decimals'] / reserves[i]['price']) + rng.randrange(1000)

    for i in {collateral, rng.randrange(3)}:
        state['holdings'][i].update(supplied=tokens(i, size * (1 if i == collateral else rng.uniform(0, .3))),
                                    flagged=rng.random() > .04)
    other = rng.randrange(3)
    if rng.random() < .4:
        state['holdings'][other]['borrowed'] = tokens(other, size * rng.uniform(.01, .2))
    aim = rng.choice([rng.uniform(.95, 1), rng.uniform(.3, .95), rng.uniform(.97, 1.02)])
    low, high = 1, tokens(debt, size * 3)
    while high - low > 1:
        middle = (low + high) // 2
        state['holdings'][debt]['borrowed'] = middle
        health = View(state, 10).account()[5]
        low, high = (middle, high) if health > aim * WAD else (low, middle)
    state['holdings'][debt]['borrowed'] = high
    owed = View(state, 10).owe[debt]
    state['cover'] = rng.choice([owed * 2, owed, owed // 2, rng.randrange(owed + 1), rng.randrange(3),
                                 max(0, owed - tokens(debt, 1_000))])
    return state


def words(state):
    c = state['category']
    yield from (state['elapsed'], c['ltv'], c['threshold'], c['bonus'], c['bitmap'], c['zero'], c['isolated'], state['emode'])
    for r in state['reserves']:
        yield from (r[k] for k in ('ltv', 'threshold', 'bonus', 'decimals', 'fee', 'income', 'debt', 'income_rate',
                                   'debt_rate', 'price'))
    for h in state['holdings']:
        yield from (h['supplied'], int(h['flagged']), h['borrowed'])
    yield from (state['collateral'], state['debt'], state['cover'])


def main():
    rng = random.Random(20261122)
    print('# Made by revisions.py; see there for the columns.')
    seen = {}
    written = 0
    while written < 60:
        state = random_state(rng)
        results = {revision: View(state, revision).liquidation() for revision in range(5, 12)}
        # A few of every kind of outcome, and no more of the common ones than that.
        kind = (results[10][0] if len(results[10]) == 1 else f'done {results[10][3]} {len(results[10]) > 4}',
                len({str(r) for r in results.values()}))
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] > 4:
            continue
        written += 1
        print('state', *words(state))
        for revision in range(5, 12):
            account = View(state, revision).account()
            print(revision, *('-' if v is None else v for v in account), *results[revision])


main()
