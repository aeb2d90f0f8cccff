"""Vectors for Compound III: python3 comet.py > comet.txt (Python 3.11; the same seed gives the same bytes).

Written from the protocol's published rules, without looking at the Java; fractions are cut where the rules cut them, and
nowhere else. One line a state:
  seconds, supply line (kink base low high), borrow line, supply index, borrow index, supplied, borrowed,
  store front factor, base price, three assets (decimals liquidate-factor liquidation-factor price), principal, three balances,
  base tokens held, target reserves, base tokens to spend | supply index, borrow index, balance, reserves, liquidatable as
  stored, liquidatable accrued, base paid out or -, principal left or -, quotes of the three assets
"""
import random
from fractions import Fraction
from math import floor

WAD, INDEX, BASE_DECIMALS = 10**18, 10**15, 6


def cut(x):
    return floor(x) if x >= 0 else -floor(-x)


def rate(line, utilization):
    kink, base, low, high = line
    if utilization <= kink:
        return base + cut(Fraction(low * utilization, WAD))
    return base + cut(Fraction(low * kink, WAD)) + cut(Fraction(high * (utilization - kink), WAD))


def accrue(s):
    lent = cut(Fraction(s['supplied'] * s['supply_index'], INDEX))
    owed = cut(Fraction(s['borrowed'] * s['borrow_index'], INDEX))
    utilization = cut(Fraction(owed * WAD, lent)) if lent else 0
    grow = lambda index, line: index + cut(Fraction(index * (rate(line, utilization) * s['seconds']), WAD))
    return grow(s['supply_index'], s['supply']), grow(s['borrow_index'], s['borrow'])


def balance(s, supply_index, borrow_index):
    m = s['principal']
    return cut(Fraction(m * (supply_index if m >= 0 else borrow_index), INDEX))


def liquidatable(s, owed):
    if s['principal'] >= 0:
        return False
    left = cut(Fraction(owed * s['base_price'], 10**BASE_DECIMALS))
    for a, b in zip(s['assets'], s['balances']):
        left += cut(Fraction(cut(Fraction(b * a['price'], 10**a['decimals'])) * a['carries'], WAD))
    return left < 0


def absorbed(s, owed, supply_index):
    credit = 0
    for a, b in zip(s['assets'], s['balances']):
        credit += cut(Fraction(cut(Fraction(b * a['price'], 10**a['decimals'])) * a['credited'], WAD))
    after = max(0, owed + cut(Fraction(credit * 10**BASE_DECIMALS, s['base_price'])))
    return after - owed, cut(Fraction(after * INDEX, supply_index))


def quote(s, a):
    discount = cut(Fraction(s['front'] * (WAD - a['credited']), WAD))
    price = cut(Fraction(a['price'] * (WAD - discount), WAD))
    return cut(Fraction(cut(Fraction(s['base_price'] * s['spend'] * 10**a['decimals'], price)), 10**BASE_DECIMALS))


def line_of(rng):
    year = 365 * 86400
    return [rng.randrange(7, 10) * WAD // 10, rng.randrange(WAD // 30) // year, rng.randrange(WAD // 15) // year,
            rng.randrange(WAD) // year]


def main():
    rng = random.Random(20261122)
    print('# Made by comet.py; see there for the columns.')
    for _ in range(120):
        s = dict(seconds=rng.choice([0, 1, 12, rng.randrange(30_000_000)]), supply=line_of(rng), borrow=line_of(rng),
                 supply_index=INDEX + rng.randrange(INDEX // 3), borrow_index=INDEX + rng.randrange(INDEX // 2),
                 supplied=rng.randrange(10**15), borrowed=rng.randrange(10**15), front=rng.randrange(5, 11) * WAD // 10,
                 base_price=rng.randrange(97_000_000, 103_000_000), held=rng.randrange(10**14),
                 target=rng.randrange(10**14), spend=rng.randrange(10 ** rng.randrange(1, 14)))
        s['assets'] = [dict(decimals=d, price=int(p * rng.uniform(.5, 2) * 10**8),
                            carries=rng.randrange(5_000, 9_000) * 10**14, credited=rng.randrange(8_000, 9_900) * 10**14)
                       for d, p in ((18, 2_500), (8, 60_000), (6, 1))]
        dollars = 10 ** rng.uniform(0, 6)
        s['balances'] = [rng.choice([0, int(dollars * rng.random() * 10**8 * 10**a['decimals'] / a['price'])])
                         for a in s['assets']]
        carried = sum(b * a['price'] / 10**a['decimals'] / 10**8 * a['carries'] / WAD
                      for a, b in zip(s['assets'], s['balances']))
        owes = carried * rng.choice([rng.uniform(.999, 1.001), rng.uniform(.5, 2), 1, -1])
        s['principal'] = int(-owes * 10**14 / s['base_price'] * INDEX / s['borrow_index']) + rng.randrange(-2, 3)
        supply_index, borrow_index = accrue(s)
        owed = balance(s, supply_index, borrow_index)
        lent = cut(Fraction(s['supplied'] * supply_index, INDEX))
        drawn = cut(Fraction(s['borrowed'] * borrow_index, INDEX))
        goes = liquidatable(s, owed)
        paid, left = absorbed(s, owed, supply_index) if goes else ('-', '-')
        print(s['seconds'], *s['supply'], *s['borrow'], s['supply_index'], s['borrow_index'], s['supplied'], s['borrowed'],
              s['front'], s['base_price'],
              *(v for a in s['assets'] for v in (a['decimals'], a['carries'], a['credited'], a['price'])), s['principal'],
              *s['balances'], s['held'], s['target'], s['spend'], '|', supply_index, borrow_index, owed,
              s['held'] - lent + drawn, int(liquidatable(s, balance(s, s['supply_index'], s['borrow_index']))), int(goes),
              paid, left, *(quote(s, a) for a in s['assets']))


main()
