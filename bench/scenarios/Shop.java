import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// Is the service: answers `/orders/N` and `/orders/N/lines`. Prints its port; ends with its input.
public final class Shop {
    private Shop() {}

    public static void main(String[] arguments) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.createContext("/orders/", Shop::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println(server.getAddress().getPort());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        String body = path.length == 3
                ? """
                {"id": %s, "state": "open", "customer": {"name": "Ann", "city": "Oslo"}, "total": 59.7}"""
                        .formatted(path[2])
                : """
                [{"sku": "apple", "amount": 3}, {"sku": "pear", "amount": 2}, {"sku": "plum", "amount": 1}]""";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
