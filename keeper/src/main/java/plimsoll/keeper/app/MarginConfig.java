package plimsoll.keeper.app;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.runtime.config.Converters;
import plimsoll.units.Address;

/** The keys of the margin services, under {@code plimsoll.margin}. */
public final class MarginConfig {

    private MarginConfig() {}

    /** Watch lists, the channels that calls go through, and mandates. */
    public interface Margin {
        /** Health factors at which a margin call is made, as NAME:HEALTH-FACTOR. */
        @WithDefault("warn:1.5,call:1.2,urgent:1.05")
        String levels();

        /** How far above a level the health must come before that level can ring again. */
        @WithDefault("0.02")
        String band();

        /** The least time between two calls of a watch, except for a call at a deeper level. */
        @WithDefault("PT15M")
        Duration interval();

        /** After so many attempts a message is given up. */
        @WithDefault("18")
        int attempts();

        /** Accounts to watch, by names of yours. */
        Map<String, Watching> watches();

        /** Where calls go, by names of yours. */
        Map<String, Channel> channels();

        /** What may be done for positions without asking, by names of yours. */
        Map<String, Mandated> mandates();

        /** One account that is watched. */
        interface Watching {
            @WithConverter(Converters.ToAddress.class)
            Address account();

            /** One market, as CHAIN/ADDRESS; without it every market that the keeper keeps. */
            Optional<String> market();

            /** Only while the account is in this efficiency mode. */
            Optional<Integer> mode();

            /** Names of channels. */
            List<String> channels();

            /** In place of plimsoll.margin.levels. */
            Optional<String> levels();

            /** In place of plimsoll.margin.band. */
            Optional<String> band();

            /** In place of plimsoll.margin.interval. */
            Optional<Duration> interval();
        }

        /** One way to somebody. Its secret is in a variable or a file: a webhook's signing key, a bot's token, a mail password. */
        interface Channel {
            /** webhook, mail or telegram. */
            String kind();

            /** The name of the environment variable that holds the secret. */
            Optional<String> secretEnv();

            /** The file whose first line is the secret. */
            Optional<Path> secretFile();

            /** Of a webhook: https, or http to this machine. Of Telegram: another server than its own. */
            Optional<String> url();

            /** Of Telegram: the chat's number or @name. */
            Optional<String> chat();

            /** Of mail: where it is handed in. */
            Optional<String> host();

            /** Of mail. */
            @WithDefault("587")
            int port();

            /** Of mail: starttls, tls, or none, which goes to this machine only. */
            @WithDefault("starttls")
            String security();

            /** Of mail: who hands it in; needs a secret. */
            Optional<String> user();

            /** Of mail: the sender's address. */
            Optional<String> from();

            /** Of mail: the receivers' addresses. */
            Optional<List<String>> to();
        }

        /** One mandate. */
        interface Mandated {
            @WithConverter(Converters.ToAddress.class)
            Address account();

            /** One market, as CHAIN/ADDRESS, with limits of its own; without it all markets share the limits. */
            Optional<String> market();

            /** Only while the account is in this efficiency mode. */
            Optional<Integer> mode();

            /** top-up or repayment. */
            String kind();

            /** Whose tokens: funded (the keeper's account) or wallet (the borrower's, which has approved the keeper's). */
            @WithDefault("funded")
            String source();

            /** Nothing is done at or above this health factor. */
            String actBelow();

            /** The health factor to restore. */
            String aim();

            /** Time after an action without another. */
            @WithDefault("PT1H")
            Duration coolDown();

            /** When the mandate ends, such as 2027-01-01T00:00:00Z. */
            String expires();

            /** Send transactions, where the keeper is live; otherwise decide and record. */
            @WithDefault("false")
            boolean live();

            /** The tokens that may be used, by names of yours; preferred in the order of these names. */
            Map<String, Allowed> assets();
        }

        /** How much of one token. */
        interface Allowed {
            @WithConverter(Converters.ToAddress.class)
            Address token();

            /** The most of one action, in whole tokens. */
            String perAction();

            /** The most within any 24 hours, in whole tokens. */
            String perDay();
        }
    }
}
