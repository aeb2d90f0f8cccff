package plimsoll.chain.key;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.key.KeyException.Kind;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * A key of AWS KMS of the kind ECC_SECG_P256K1 for SIGN_VERIFY. It signs with ECDSA_SHA_256 and MessageType DIGEST, so that
 * our keccak-256 is signed as it is. Source: AWS KMS API reference, Sign and GetPublicKey.
 */
final class AwsKmsKey implements KmsKey {

    /** Refusals of the service that pass by themselves. */
    private static final Set<String> PASSING = Set.of(
            "DependencyTimeoutException",
            "KMSInternalException",
            "KeyUnavailableException",
            "LimitExceededException",
            "ThrottlingException");

    private final KmsClient kms;
    private final String key;

    AwsKmsKey(KmsClient kms, String key) {
        this.kms = kms;
        this.key = key;
    }

    @Override
    public String name() {
        return "aws:" + key;
    }

    @Override
    public byte[] publicKey() {
        GetPublicKeyResponse answer = ask(() -> kms.getPublicKey(request -> request.keyId(key)));
        if (answer.keySpec() != KeySpec.ECC_SECG_P256_K1 || answer.keyUsage() != KeyUsageType.SIGN_VERIFY) {
            throw new KeyException("Key is not one for Ethereum signatures: key=" + name() + " found="
                    + answer.keySpecAsString() + "/" + answer.keyUsageAsString()
                    + " expected=ECC_SECG_P256K1/SIGN_VERIFY");
        }
        return bytes(answer.publicKey());
    }

    @Override
    public byte[] sign(byte[] digest) {
        return bytes(ask(() -> kms.sign(request -> request.keyId(key)
                        .message(SdkBytes.fromByteArray(digest))
                        .messageType(MessageType.DIGEST)
                        .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256)))
                .signature());
    }

    private byte[] bytes(@Nullable SdkBytes answered) {
        if (answered == null) {
            throw KeyException.corrupt("AWS KMS answered no bytes: key=" + name());
        }
        return answered.asByteArray();
    }

    private <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            String code = e.awsErrorDetails() == null
                    ? "http " + e.statusCode()
                    : String.valueOf(e.awsErrorDetails().errorCode());
            Kind kind = e.statusCode() >= 500 || e.isThrottlingException() || PASSING.contains(code)
                    ? Kind.TRANSIENT
                    : Kind.REJECTED;
            String words =
                    e.awsErrorDetails() == null ? "" : line(e.awsErrorDetails().errorMessage());
            throw new KeyException(kind, "AWS KMS refused: key=" + name() + " code=" + code + " because=" + words);
        } catch (SdkException e) {
            throw new KeyException(
                    Kind.TRANSIENT, "AWS KMS did not answer: key=" + name() + " because=" + line(e.getMessage()));
        }
    }

    static String line(@Nullable String words) {
        String line = String.valueOf(words).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= 300 ? line : line.substring(0, 300) + "...";
    }
}
