package shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Takes orders: reserves the goods, charges the card, stores the order, tells the feed.
public final class Orders {
    private final OrderStore store;
    private final Peer stock;
    private final Peer payments;
    private final Metrics metrics;
    private final Defect defect;
    private final Feed feed = new Feed();
    private final Map<Long, Order> cache = new ConcurrentHashMap<>();
    private final List<Object> locks = Stream.generate(Object::new).limit(64).toList();

    /// Holds goods for an order that is being made.
    private record Reserved(String id, long price) {}

    /// Ends the making of an order with a refusal.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    Orders(OrderStore store, Peer stock, Peer payments, Metrics metrics, Defect defect) {
        this.store = store;
        this.stock = stock;
        this.payments = payments;
        this.metrics = metrics;
        this.defect = defect;
    }

    /// Starts the service.
    public static void main(String[] arguments) throws IOException, SQLException {
        Defect defect = Defect.chosen();
        Path database = Path.of(Environment.required("DATABASE"));
        Files.createDirectories(Objects.requireNonNull(database.toAbsolutePath().getParent()));
        OrderStore store = new OrderStore(database.toString(), defect != Defect.LOST_ORDER);
        Metrics metrics = new Metrics()
                .announce("shop_orders_total", "outcome", "confirmed", "refused", "repeated", "cancelled", "failed");
        Peer stock = new Peer(Environment.required("STOCK_URL"));
        Peer payments = new Peer(Environment.required("PAYMENTS_URL"));
        Orders orders = new Orders(store, stock, payments, metrics, defect);
        new HttpService("orders", metrics)
                        .on("POST", "/orders", orders::place)
                        .on("GET", "/orders/*", orders::get)
                        .on("GET", "/items/*/orders", orders::ofItem)
                        .on("DELETE", "/orders/*", orders::cancel)
                        .stream("GET", "/events", orders.feed::serve)
                        .start(() -> close(store));
    }

    /// Places an order; the same key again gives the same order again.
    Reply place(Request request) throws IOException {
        Map<String, Object> body = request.json();
        // The same key takes the same lock, so that its order is made once however often it is sent.
        Object lock = request.key()
                .map(key -> locks.get(Math.floorMod(key.hashCode(), locks.size())))
                .orElseGet(Object::new);
        synchronized (lock) {
            try {
                Optional<Order> before =
                        request.key().isPresent() ? store.find(request.key().get()) : Optional.empty();
                if (before.isPresent()) {
                    return outcome("repeated", Reply.json(200, before.get().json()));
                }
                return place(request.key(), body);
            } catch (Refused e) {
                int status = defect == Defect.WRONG_STATUS ? 200 : e.status;
                return outcome("refused", Reply.error(status, String.valueOf(e.getMessage())));
            } catch (SQLException e) {
                return outcome("failed", Reply.error(500, e.toString()));
            }
        }
    }

    Reply get(Request request) {
        try {
            Order order = cache.get(request.id());
            if (order == null) {
                Optional<Order> found = store.find(request.id());
                if (found.isEmpty()) {
                    return unknown(request.id());
                }
                order = found.get();
                cache.put(order.id(), order);
            }
            return Reply.json(200, order.json());
        } catch (SQLException e) {
            return Reply.error(500, e.toString());
        }
    }

    Reply ofItem(Request request) {
        try {
            List<Map<String, Object>> orders =
                    store.of(request.part()).stream().map(Order::json).toList();
            return Reply.json(200, orders);
        } catch (SQLException e) {
            return Reply.error(500, e.toString());
        }
    }

    /// Cancels an order: goods and money go back.
    Reply cancel(Request request) throws IOException {
        try {
            Optional<Order> found = store.find(request.id());
            if (found.isEmpty()) {
                return unknown(request.id());
            }
            if (!store.cancel(request.id())) {
                return Reply.error(409, "order %d is %s already".formatted(request.id(), Order.CANCELLED));
            }
            if (defect != Defect.STALE_READ) {
                cache.remove(request.id());
            }
            Order order = store.find(request.id()).orElseThrow();
            stock.delete("/reservations/" + order.reservation());
            payments.post("/payments/" + order.reservation() + "/refund", Map.of());
            return outcome("cancelled", Reply.json(200, told(order).json()));
        } catch (SQLException e) {
            return Reply.error(500, e.toString());
        }
    }

    private Reply place(Optional<String> key, Map<String, Object> body) throws IOException, Refused, SQLException {
        String sku = Request.text(body, "sku");
        long quantity = Request.number(body, "quantity", 1);
        String card = Request.text(body, "card");
        Reserved reserved = reserve(sku, quantity);
        long amount = quantity * reserved.price();
        charge(reserved, amount, card);
        Order order = told(store.add(key, sku, quantity, amount, reserved.id()));
        return outcome("confirmed", Reply.json(201, order.json()).at("/orders/" + order.id()));
    }

    private Reserved reserve(String sku, long quantity) throws Refused {
        try {
            Peer.Answer answer = stock.post("/reservations", Map.of("sku", sku, "quantity", quantity));
            if (answer.status() != 201) {
                throw new Refused(answer.status(), message(answer));
            }
            Map<String, Object> reservation = answer.json();
            return new Reserved(Request.text(reservation, "id"), Request.number(reservation, "price", 0));
        } catch (IOException e) {
            System.out.println("stock does not answer: " + e);
            if (defect == Defect.SWALLOWED_DEPENDENCY) {
                return new Reserved("none-" + UUID.randomUUID(), 0);
            }
            throw new Refused(503, "stock does not answer");
        }
    }

    private void charge(Reserved reserved, long amount, String card) throws IOException, Refused {
        Map<String, Object> payment = Map.of("reference", reserved.id(), "amount", amount, "card", card);
        Optional<Refused> refusal;
        try {
            Peer.Answer answer = payments.post("/payments", payment);
            refusal = answer.status() == 201
                    ? Optional.empty()
                    : Optional.of(new Refused(answer.status(), message(answer)));
        } catch (IOException e) {
            System.out.println("payments does not answer: " + e);
            refusal = Optional.of(new Refused(503, "payments does not answer"));
        }
        if (refusal.isPresent()) {
            stock.delete("/reservations/" + reserved.id());
            throw refusal.get();
        }
    }

    private Order told(Order order) {
        System.out.printf("order %d %s: %d of %s%n", order.id(), order.status(), order.quantity(), order.sku());
        feed.publish(order);
        return order;
    }

    private Reply outcome(String outcome, Reply reply) {
        metrics.count("shop_orders_total", "outcome", outcome);
        return reply;
    }

    private static String message(Peer.Answer answer) {
        return String.valueOf(answer.json().get("error"));
    }

    private static Reply unknown(long id) {
        return Reply.error(404, "there is no order " + id);
    }

    private static void close(OrderStore store) {
        try {
            store.close();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("the database did not close", e));
        }
    }
}
