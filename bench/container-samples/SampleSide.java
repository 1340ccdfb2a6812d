import dev.verdict.environment.docker.ContainerChange;
import dev.verdict.environment.docker.ContainerOutput;
import dev.verdict.environment.docker.ContainerSampler;
import dev.verdict.environment.docker.ContainerWatch;
import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.WatchedContainer;
import dev.verdict.journal.Event;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Samples the containers that carry a label until standard input ends; prints how many samples.
public final class SampleSide {
    private SampleSide() {}

    /// Takes the label's key and value; prints `ready`, then waits for the containers to start.
    public static void main(String[] args) throws Exception {
        AtomicLong samples = new AtomicLong();
        ContainerOutput nowhere = new ContainerOutput() {
            @Override
            public void accept(String stream, String text, long cutBytes) {}

            @Override
            public void flush() {}

            @Override
            public List<String> last(int count) {
                return List.of();
            }
        };
        ContainerWatch.Listener quiet = new ContainerWatch.Listener() {
            @Override
            public void changed(WatchedContainer container, ContainerChange change) {}

            @Override
            public void lost(String reason) {
                System.err.println(reason);
            }
        };
        try (Engine engine = Engine.connect(System.getenv());
                ContainerWatch watch =
                        ContainerWatch.open(engine, Map.of(args[0], args[1]), service -> nowhere, quiet);
                ContainerSampler sampler = new ContainerSampler(engine, watch::containers, event -> {
                    if (event instanceof Event.ResourcesSampled) {
                        samples.incrementAndGet();
                    }
                })) {
            System.out.println("ready");
            sampler.start();
            while (System.in.read() >= 0) {}
        }
        System.out.println(samples.get());
    }
}
