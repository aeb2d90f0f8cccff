package plimsoll.chain.key;

/** A kind of key service, found by {@link java.util.ServiceLoader}: its library comes only with builds that want it. */
public interface KmsProvider {

    /** The word before the colon of a key's name, such as {@code aws}. */
    String name();

    /**
     * The key that the service knows by this name.
     *
     * @throws KeyException where the name means nothing to the service
     */
    KmsKey open(String key);
}
