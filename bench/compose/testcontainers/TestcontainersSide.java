import java.io.File;
import java.time.Duration;
import org.testcontainers.containers.DockerComposeContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/// Brings the Compose file of the first argument up with Testcontainers, waits until each of its
/// services s1, s2 … is healthy, says so, and takes it down when its input ends.
public class TestcontainersSide {
    public static void main(String[] args) throws Exception {
        try (DockerComposeContainer<?> compose = new DockerComposeContainer<>("bench", new File(args[0]))) {
            compose.withLocalCompose(true);
            for (int service = 1; service <= Integer.parseInt(args[1]); service++) {
                compose.waitingFor("s" + service + "_1", Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(2)));
            }
            compose.start();
            System.out.println("The system is up");
            System.in.read();
        }
        System.exit(0);
    }
}
