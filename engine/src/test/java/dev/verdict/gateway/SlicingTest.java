package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.Slice;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SlicingTest extends OnTheWire {
    @Test
    void bytes_come_in_small_segments_with_pauses() throws Exception {
        byte[] bytes = randomBytes(100);
        Link link = linkTo(socket -> socket.getOutputStream().write(bytes));
        gateway.apply("*", "*", new Slice(10, Duration.ofMillis(20)).only(Direction.BACK), 1);
        try (Socket client = connect(link)) {
            InputStream in = client.getInputStream();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[1_000];
            long start = 0;
            int segments = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                start = start == 0 ? System.nanoTime() : start;
                segments++;
                all.write(buffer, 0, count);
                // Segments that came while this thread had to wait are read as one.
                assertThat(count % 10).isZero();
                int due = 1 + (int) (since(start).toMillis() / 20) + 1;
                assertThat(all.size()).isLessThanOrEqualTo(10 * due);
            }
            assertThat(all.toByteArray()).isEqualTo(bytes);
            assertThat(segments).isGreaterThan(1);
        }
    }
}
