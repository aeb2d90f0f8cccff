package plimsoll.oracle.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 90m}, {@code 4h}, {@code 1d}, {@code 2w} or ISO 8601 such as {@code PT4H}; positive. */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([smhdw])");

    @Override
    public Duration convert(String text) {
        var duration = parse(text);
        if (duration.isNegative() || duration.isZero()) {
            throw new TypeConversionException("'" + text + "' is not positive");
        }
        return duration;
    }

    private static Duration parse(String text) {
        var matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            var count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofDays(7 * count);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is not a duration such as 90m, 4h, 1d or PT4H");
        }
    }
}
