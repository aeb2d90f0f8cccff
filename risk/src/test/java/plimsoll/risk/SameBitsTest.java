package plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Manifests repeat to the bit: no platform transcendental and no platform chance in this module's sources. */
class SameBitsTest {

    private static final Pattern BANNED = Pattern.compile("(?<!Strict)Math\\s*(\\.|::)\\s*"
            + "(exp|expm1|log|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot|random)\\b"
            + "|\\bFastMath\\b|\\bThreadLocalRandom\\b|\\bnew Random\\(|\\bSecureRandom\\b|nextGaussian|nextExponential"
            + "|reduceLanes|org\\.apache\\.commons|\\.parallel\\(\\)");

    @Test
    void noSourceUsesWhatDiffersBetweenMachines() throws IOException {
        var sources = Path.of(System.getProperty("plimsoll.root", ".."), "risk", "src", "main", "java");
        var found = new ArrayList<String>();
        try (var files = Files.walk(sources)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                var lines = Files.readAllLines(file);
                for (var i = 0; i < lines.size(); i++) {
                    if (BANNED.matcher(lines.get(i)).find()) {
                        found.add(file.getFileName() + ":" + (i + 1) + ": "
                                + lines.get(i).strip());
                    }
                }
            }
        }

        assertThat(found).isEmpty();
    }
}
