package plimsoll.chain.key;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/**
 * Keys of AWS KMS: a key id, an alias or an ARN. Who we are there, and the region where no ARN names it, come from the
 * machine (environment, profile, role), as with every AWS tool; the identity needs {@code kms:GetPublicKey} and
 * {@code kms:Sign} for this key and nothing else.
 */
public final class AwsKmsProvider implements KmsProvider {

    private static final Pattern ARN = Pattern.compile("arn:[^:]+:kms:([^:]+):.*");

    /** A lane waits for each signature. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final Duration WHOLE_CALL = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "aws";
    }

    @Override
    public KmsKey open(String key) {
        try {
            KmsClientBuilder client = client();
            region(key).ifPresent(client::region);
            return new AwsKmsKey(client.build(), key);
        } catch (SdkException e) {
            throw new KeyException("AWS KMS is not configured on this machine: key=" + key + " because="
                    + AwsKmsKey.line(e.getMessage()));
        }
    }

    static KmsClientBuilder client() {
        return KmsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ATTEMPT))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(WHOLE_CALL)
                        .build());
    }

    static Optional<Region> region(String key) {
        Matcher arn = ARN.matcher(key);
        return arn.matches() ? Optional.of(Region.of(arn.group(1))) : Optional.empty();
    }
}
