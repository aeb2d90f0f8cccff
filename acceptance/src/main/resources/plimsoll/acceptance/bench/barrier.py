"""A down-and-out call by 100,000 paths of 250 steps in numpy on one thread; then e^x and ln x of an array."""
import time

import numpy as np

PATHS, STEPS = 100_000, 250
SPOT, STRIKE, BARRIER, RATE, VOLATILITY, YEARS = 100.0, 100.0, 85.0, 0.03, 0.30, 1.0


def barrier(random):
    step = YEARS / STEPS
    drift, deviation = (RATE - VOLATILITY**2 / 2) * step, VOLATILITY * step**0.5
    x = np.zeros(PATHS)
    low = np.zeros(PATHS)
    z = np.empty(PATHS)
    for _ in range(STEPS):
        random.standard_normal(out=z)
        z *= deviation
        z += drift
        x += z
        np.minimum(low, x, out=low)
    pay = np.where(low > np.log(BARRIER / SPOT), np.maximum(SPOT * np.exp(x) - STRIKE, 0), 0)
    return np.exp(-RATE * YEARS) * pay.mean()


def clock(name, work, times):
    for _ in range(@rounds@):
        began = time.process_time()
        for _ in range(times):
            value = work()
        print(f"{name}={(time.process_time() - began) / times:.12f}")
    return value


generator = np.random.Generator(np.random.SFC64(1))
barrier(generator)
print("price=%.9f" % clock("seconds", lambda: barrier(generator), 1))
x = generator.uniform(-5, 5, 4096)
y = np.exp(x)
out = np.empty_like(x)
clock("exp", lambda: np.exp(x, out=out), 2000)
clock("log", lambda: np.log(y, out=out), 2000)
