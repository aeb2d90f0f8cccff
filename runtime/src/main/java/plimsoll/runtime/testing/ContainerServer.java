package plimsoll.runtime.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The test server in a container. */
final class ContainerServer {

    private static final String IMAGE =
            Optional.ofNullable(System.getenv("PLIMSOLL_TEST_IMAGE")).orElse("localhost/pg-ci:18");

    private ContainerServer() {}

    /** Whether an engine answers and has the image: nothing is pulled unasked. */
    static boolean isAvailable() {
        if (!isPlausible() || !DockerClientFactory.instance().isDockerAvailable()) {
            return false;
        }
        return DockerClientFactory.lazyClient().listImagesCmd().exec().stream()
                .anyMatch(image -> image.getRepoTags() != null
                        && List.of(image.getRepoTags()).contains(IMAGE));
    }

    /** Testcontainers logs an error where it finds no engine; so it is only asked where one may be. */
    private static boolean isPlausible() {
        String home = System.getProperty("user.home");
        return System.getenv("DOCKER_HOST") != null
                || Stream.of(
                                Path.of("/var/run/docker.sock"),
                                Path.of(home, ".docker", "run", "docker.sock"),
                                Path.of(home, ".testcontainers.properties"))
                        .anyMatch(Files::exists);
    }

    @SuppressWarnings("resource") // it lives as long as the JVM
    static TestServer start() {
        PostgreSQLContainer container =
                new PostgreSQLContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"));
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return new TestServer(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }
}
