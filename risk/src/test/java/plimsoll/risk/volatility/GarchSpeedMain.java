package plimsoll.risk.volatility;

import java.io.IOException;

/** How long a warm GARCH(1,1) fit with standard errors takes; run by hand, guides and does not gate. */
final class GarchSpeedMain {

    private GarchSpeedMain() {}

    public static void main(String[] arguments) throws IOException {
        var returns = PublishedGarchTest.demGbp();
        for (var specification :
                new GarchSpecification[] {GarchSpecification.GARCH_NORMAL, GarchSpecification.GARCH_T}) {
            var best = Double.POSITIVE_INFINITY;
            var iterations = 0;
            for (var round = 0; round < 40; round++) {
                var begin = System.nanoTime();
                for (var i = 0; i < 20; i++) {
                    iterations = Garch.fit(returns, specification).iterations();
                }
                best = Math.min(best, (System.nanoTime() - begin) / 20e6);
            }
            System.out.printf(
                    "%s: %.3f ms per fit of %d returns, %d iterations%n",
                    specification, best, returns.length, iterations);
        }
    }
}
