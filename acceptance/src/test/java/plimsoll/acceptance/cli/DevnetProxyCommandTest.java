package plimsoll.acceptance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import plimsoll.devnet.fault.Fault;
import plimsoll.runtime.cli.CommandLineMain;

class DevnetProxyCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsEveryFaultInItsHelp() {
        assertThat(run("--help")).isZero();

        assertThat(Arrays.stream(Fault.values())
                        .map(fault -> "  " + fault.example().replaceAll(" or .*", "")))
                .allSatisfy(example -> assertThat(out.toString()).contains(example));
    }

    @Test
    void saysWhichFaultItDoesNotUnderstand() {
        assertThat(run("--fault", "drops=sometimes")).isEqualTo(2);

        assertThat(err.toString()).contains("Chance is not a percentage").contains("found=sometimes");
    }

    @Test
    void refusesATargetThatIsNoUrlWithoutRepeatingIt() {
        assertThat(run("--target", "wss://key@node")).isEqualTo(2);

        assertThat(err.toString()).contains("not an http or https URL").doesNotContain("key");
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "devnet";
        all[1] = "proxy";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLineMain.run(new Commands(), new PrintWriter(out), new PrintWriter(err), all);
    }

    @picocli.CommandLine.Command(name = "plimsoll", subcommands = DevnetCommand.class)
    private static final class Commands {}
}
