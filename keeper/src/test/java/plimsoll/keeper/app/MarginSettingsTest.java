package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.notify.Channel;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.StrictConfiguration;

final class MarginSettingsTest {

    private static final String ACCOUNT = "0x00000000000000000000000000000000000000a1";
    private static final String SECRET = "secretOfTheHook45";

    @Test
    void readsWatchesChannelsAndMandates() {
        MarginSettings settings = settings(Map.of());

        assertThat(settings.channels()).extracting(Channel::name).containsExactly("bot", "hook", "post");
        assertThat(settings.watches()).singleElement().satisfies(watch -> {
            assertThat(watch.levels()).hasToString("[warn:1.5, call:1.2, urgent:1.05]");
            assertThat(watch.channels()).containsExactly("hook", "bot");
        });
        assertThat(settings.mandates()).singleElement().satisfies(mandate -> {
            assertThat(mandate.live()).isFalse();
            assertThat(mandate.source()).isEqualTo(Mandate.Source.FUNDED);
            assertThat(mandate.scope().market()).hasValue("31337/0xpool");
        });
        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.margin.levels, warn, plimsoll.margin.levels",
        "plimsoll.margin.watches.desk.channels, fax, plimsoll.margin.watches.desk.channels",
        "plimsoll.margin.watches.desk.chanels, hook, plimsoll.margin.watches.desk.chanels",
        "plimsoll.margin.channels.hook.kind, fax, plimsoll.margin.channels.hook",
        "plimsoll.margin.channels.hook.url, http://example.org, plimsoll.margin.channels.hook",
        "plimsoll.margin.channels.hook.secret-env, NONE, plimsoll.margin.channels.hook",
        "plimsoll.margin.channels.post.security, none, plimsoll.margin.channels.post",
        "plimsoll.margin.mandates.m.aim, 1.1, plimsoll.margin.mandates.m",
        "plimsoll.margin.mandates.m.kind, gift, plimsoll.margin.mandates.m",
        "plimsoll.margin.mandates.m.expires, tomorrow, plimsoll.margin.mandates.m",
    })
    void namesTheKeyThatIsWrong(String key, String value, String named) {
        CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> settings(Map.of(key, value)));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.key()).hasValue(named);
        assertThat(failure.sentence()).doesNotContain(SECRET);
    }

    @Test
    void nothingIsConfiguredByDefault() {
        Map<String, String> values = Map.of("plimsoll.market.pool", ACCOUNT);
        KeeperConfig config = new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle").of(values);

        assertThat(MarginSettings.of(config.margin(), Map.of(), InstantSource.system())
                        .isIdle())
                .isTrue();
    }

    private static MarginSettings settings(Map<String, String> different) {
        Map<String, String> values = new HashMap<>(Map.ofEntries(
                Map.entry("plimsoll.market.pool", ACCOUNT),
                Map.entry("plimsoll.margin.channels.hook.kind", "webhook"),
                Map.entry("plimsoll.margin.channels.hook.url", "https://example.org/margin"),
                Map.entry("plimsoll.margin.channels.hook.secret-env", "HOOK_SECRET"),
                Map.entry("plimsoll.margin.channels.bot.kind", "telegram"),
                Map.entry("plimsoll.margin.channels.bot.chat", "@desk"),
                Map.entry("plimsoll.margin.channels.bot.secret-env", "HOOK_SECRET"),
                Map.entry("plimsoll.margin.channels.post.kind", "mail"),
                Map.entry("plimsoll.margin.channels.post.host", "mail.example.org"),
                Map.entry("plimsoll.margin.channels.post.from", "keeper@example.org"),
                Map.entry("plimsoll.margin.channels.post.to", "desk@example.org"),
                Map.entry("plimsoll.margin.watches.desk.account", ACCOUNT),
                Map.entry("plimsoll.margin.watches.desk.channels", "hook,bot"),
                Map.entry("plimsoll.margin.mandates.m.account", ACCOUNT),
                Map.entry("plimsoll.margin.mandates.m.market", "31337/0xpool"),
                Map.entry("plimsoll.margin.mandates.m.kind", "top-up"),
                Map.entry("plimsoll.margin.mandates.m.act-below", "1.2"),
                Map.entry("plimsoll.margin.mandates.m.aim", "1.4"),
                Map.entry("plimsoll.margin.mandates.m.expires", "2027-01-01T00:00:00Z"),
                Map.entry("plimsoll.margin.mandates.m.assets.1.token", ACCOUNT),
                Map.entry("plimsoll.margin.mandates.m.assets.1.per-action", "1"),
                Map.entry("plimsoll.margin.mandates.m.assets.1.per-day", "2")));
        values.putAll(different);
        KeeperConfig config = new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle").of(values);
        return MarginSettings.of(config.margin(), Map.of("HOOK_SECRET", SECRET), InstantSource.system());
    }
}
