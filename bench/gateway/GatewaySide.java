import dev.verdict.gateway.Gateway;
import dev.verdict.gateway.Link;
import dev.verdict.journal.MemoryJournal;
import java.io.IOException;
import java.io.OutputStream;

/// Is a gateway with a link to each port given; prints the links' ports, ends with its input.
public final class GatewaySide {
    private GatewaySide() {}

    public static void main(String[] ports) throws IOException {
        try (Gateway gateway = new Gateway(new MemoryJournal())) {
            for (String port : ports) {
                Link link = gateway.open("bench", "server.tcp", "127.0.0.1", Integer.parseInt(port));
                System.out.println(link.port());
            }
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
