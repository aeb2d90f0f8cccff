package plimsoll.keeper.app;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import plimsoll.keeper.margin.Level;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.Relief;
import plimsoll.keeper.margin.Scope;
import plimsoll.keeper.margin.Watch;
import plimsoll.keeper.notify.Backoff;
import plimsoll.keeper.notify.Channel;
import plimsoll.keeper.notify.MailChannel;
import plimsoll.keeper.notify.Secret;
import plimsoll.keeper.notify.TelegramChannel;
import plimsoll.keeper.notify.WebhookChannel;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.HealthFactor;
import plimsoll.units.Wad;

/**
 * The margin services as configured: complete, and free of contradictions.
 *
 * @param usual a watch's settings where it has none of its own
 * @param channels open, by the order of their names
 */
record MarginSettings(
        List<Watch> watches, List<Mandate> mandates, List<Channel> channels, Backoff backoff, Usual usual) {

    private static final String PREFIX = "plimsoll.margin.";

    /** What a watch has where it says nothing itself. */
    record Usual(List<Level> levels, Wad band, java.time.Duration interval) {}

    static MarginSettings none() {
        return new MarginSettings(
                List.of(),
                List.of(),
                List.of(),
                Backoff.USUAL,
                new Usual(Level.parseAll("warn:1.5"), Wad.ZERO, java.time.Duration.ZERO));
    }

    /**
     * What the keys say.
     *
     * @param environment the process's variables, which hold secrets
     * @throws CommandFailure naming the key that is wrong
     */
    static MarginSettings of(MarginConfig.Margin config, Map<String, String> environment, InstantSource clock) {
        Usual usual = new Usual(
                at(PREFIX + "levels", () -> Level.parseAll(config.levels())),
                at(PREFIX + "band", () -> Wad.parse(config.band())),
                config.interval());
        List<Channel> channels = new ArrayList<>();
        new TreeMap<>(config.channels())
                .forEach((name, channel) -> channels.add(channel(name, channel, environment, clock)));
        List<Watch> watches = new ArrayList<>();
        new TreeMap<>(config.watches()).forEach((name, watch) -> watches.add(watch(name, watch, usual)));
        List<Mandate> mandates = new ArrayList<>();
        new TreeMap<>(config.mandates()).forEach((name, mandate) -> mandates.add(mandate(name, mandate)));
        for (Watch watch : watches) {
            requireChannels(watch, channels, PREFIX + "watches." + watch.name() + ".channels");
        }
        Backoff backoff = at(
                PREFIX + "attempts",
                () -> new Backoff(Backoff.USUAL.first(), Backoff.USUAL.longest(), config.attempts()));
        return new MarginSettings(List.copyOf(watches), List.copyOf(mandates), List.copyOf(channels), backoff, usual);
    }

    /** Whether there is anything to do at all. */
    boolean isIdle() {
        return watches.isEmpty() && mandates.isEmpty() && channels.isEmpty();
    }

    private static void requireChannels(Watch watch, List<Channel> channels, String key) {
        List<String> known = channels.stream().map(Channel::name).toList();
        for (String channel : watch.channels()) {
            if (!known.contains(channel)) {
                throw CommandFailure.configuration(
                        "Watch names a channel that is not configured: found=" + channel + " known=" + known, key);
            }
        }
    }

    private static Watch watch(String name, MarginConfig.Margin.Watching watch, Usual usual) {
        String key = PREFIX + "watches." + name;
        return at(
                key,
                () -> new Watch(
                        name,
                        new Scope(watch.account(), watch.market(), watch.mode()),
                        watch.levels().map(Level::parseAll).orElse(usual.levels),
                        watch.band().map(Wad::parse).orElse(usual.band),
                        watch.interval().orElse(usual.interval),
                        watch.channels()));
    }

    private static Mandate mandate(String name, MarginConfig.Margin.Mandated mandate) {
        String key = PREFIX + "mandates." + name;
        List<Mandate.Allowed> allowed = new ArrayList<>();
        new TreeMap<>(mandate.assets())
                .values()
                .forEach(asset -> allowed.add(new Mandate.Allowed(asset.token(), asset.perAction(), asset.perDay())));
        return at(
                key,
                () -> new Mandate(
                        name,
                        new Scope(mandate.account(), mandate.market(), mandate.mode()),
                        kind(mandate.kind()),
                        source(mandate.source()),
                        allowed,
                        HealthFactor.parse(mandate.actBelow()),
                        HealthFactor.parse(mandate.aim()),
                        mandate.coolDown(),
                        expiry(mandate.expires()),
                        mandate.live()));
    }

    private static Relief.Kind kind(String text) {
        return switch (text) {
            case "top-up" -> Relief.Kind.TOP_UP;
            case "repayment" -> Relief.Kind.REPAYMENT;
            default -> throw new IllegalArgumentException("Kind is neither top-up nor repayment: found=" + text);
        };
    }

    private static Mandate.Source source(String text) {
        return switch (text) {
            case "funded" -> Mandate.Source.FUNDED;
            case "wallet" -> Mandate.Source.WALLET;
            default -> throw new IllegalArgumentException("Source is neither funded nor wallet: found=" + text);
        };
    }

    private static Instant expiry(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Expiry is no time such as 2027-01-01T00:00:00Z: found=" + text, e);
        }
    }

    private static Channel channel(
            String name, MarginConfig.Margin.Channel channel, Map<String, String> environment, InstantSource clock) {
        String key = PREFIX + "channels." + name;
        return at(key, () -> switch (channel.kind()) {
            case "webhook" ->
                new WebhookChannel(
                        name,
                        needed(channel.url(), key, "url"),
                        needed(secret(channel, environment), key, "secret-env"),
                        clock);
            case "telegram" ->
                new TelegramChannel(
                        name,
                        channel.url().orElse(TelegramChannel.ADDRESS),
                        needed(secret(channel, environment), key, "secret-env"),
                        needed(channel.chat(), key, "chat"));
            case "mail" ->
                new MailChannel(
                        name,
                        new MailChannel.Server(
                                needed(channel.host(), key, "host"),
                                channel.port(),
                                security(channel.security()),
                                channel.user()
                                        .map(user -> new MailChannel.Login(
                                                user, needed(secret(channel, environment), key, "secret-env")))),
                        needed(channel.from(), key, "from"),
                        needed(channel.to(), key, "to"),
                        clock);
            default ->
                throw new IllegalArgumentException("Kind is none of webhook, mail, telegram: found=" + channel.kind());
        });
    }

    private static MailChannel.Security security(String text) {
        return switch (text) {
            case "starttls" -> MailChannel.Security.STARTTLS;
            case "tls" -> MailChannel.Security.TLS;
            case "none" -> MailChannel.Security.NONE;
            default -> throw new IllegalArgumentException("Security is none of starttls, tls, none: found=" + text);
        };
    }

    private static Optional<Secret> secret(MarginConfig.Margin.Channel channel, Map<String, String> environment) {
        if (channel.secretEnv().isPresent() && channel.secretFile().isPresent()) {
            throw new IllegalArgumentException("Secret is given twice: secret-env and secret-file");
        }
        return channel.secretEnv()
                .<Secret.Source>map(Secret.Source.Variable::new)
                .or(() -> channel.secretFile().map(Secret.Source.File::new))
                .map(source -> Secret.of(source, environment));
    }

    private static <T> T needed(Optional<T> value, String key, String part) {
        return value.orElseThrow(
                () -> CommandFailure.configuration(key + " needs " + key + "." + part, key + "." + part));
    }

    private static <T> T at(String key, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.configuration(key + ": " + e.getMessage(), key);
        }
    }
}
