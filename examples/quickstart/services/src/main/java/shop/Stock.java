package shop;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Knows how much there is of each item, and promises it to one order at a time.
public final class Stock {
    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, Reservation> reservations = new HashMap<>();
    private final Metrics metrics;

    private record Item(long quantity, long price, long reserved) {
        long available() {
            return quantity - reserved;
        }

        Item reserve(long more) {
            return new Item(quantity, price, reserved + more);
        }

        Map<String, Object> json(String sku) {
            return Map.of("sku", sku, "quantity", quantity, "available", available(), "price", price);
        }
    }

    private record Reservation(String sku, long quantity) {}

    Stock(Metrics metrics) {
        this.metrics = metrics;
    }

    /// Starts the service.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (Defect.chosen() == Defect.SLOW_START) {
            System.out.println("stock is counting its shelves before it opens");
            TimeUnit.MINUTES.sleep(10);
        }
        Metrics metrics = new Metrics();
        Stock stock = new Stock(metrics);
        new HttpService("stock", metrics)
                .on("PUT", "/items/*", stock::put)
                .on("GET", "/items/*", stock::get)
                .on("POST", "/reservations", stock::reserve)
                .on("DELETE", "/reservations/*", stock::release)
                .start(() -> {});
    }

    synchronized Reply put(Request request) {
        Map<String, Object> body = request.json();
        long quantity = Request.number(body, "quantity", 0);
        long price = Request.number(body, "price", 0);
        Item old = items.get(request.part());
        Item item = new Item(quantity, price, old == null ? 0 : old.reserved());
        items.put(request.part(), item);
        return Reply.json(old == null ? 201 : 200, item.json(request.part()));
    }

    synchronized Reply get(Request request) {
        Item item = items.get(request.part());
        return item == null ? unknown(request.part()) : Reply.json(200, item.json(request.part()));
    }

    synchronized Reply reserve(Request request) {
        Map<String, Object> body = request.json();
        String sku = Request.text(body, "sku");
        long quantity = Request.number(body, "quantity", 1);
        Item item = items.get(sku);
        if (item == null) {
            return unknown(sku);
        }
        if (item.available() < quantity) {
            metrics.count("shop_reservations_total", "outcome", "refused");
            return Reply.error(409, "only %d of %s are left".formatted(item.available(), sku));
        }
        items.put(sku, item.reserve(quantity));
        // Not a count: that would begin again after a restart, and name two things alike.
        String id = UUID.randomUUID().toString();
        reservations.put(id, new Reservation(sku, quantity));
        metrics.count("shop_reservations_total", "outcome", "made");
        System.out.printf("reservation %s: %d of %s%n", id, quantity, sku);
        return Reply.json(201, Map.of("id", id, "sku", sku, "quantity", quantity, "price", item.price()));
    }

    synchronized Reply release(Request request) {
        Reservation reservation = reservations.remove(request.part());
        if (reservation == null) {
            return Reply.error(404, "there is no reservation " + request.part());
        }
        items.computeIfPresent(reservation.sku(), (sku, item) -> item.reserve(-reservation.quantity()));
        metrics.count("shop_reservations_total", "outcome", "released");
        return Reply.nothing();
    }

    private static Reply unknown(String sku) {
        return Reply.error(404, "there is no item " + sku);
    }
}
