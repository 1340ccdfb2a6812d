package shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Charges cards. While it does, a claim file keeps anybody else from charging for the same thing.
public final class Payments {
    private static final String DECLINED_CARD = "4000000000000002";

    private final Map<String, Payment> payments = new ConcurrentHashMap<>();
    private final Metrics metrics;
    private final Path claims;

    private record Payment(String reference, long amount, String status) {
        Map<String, Object> json() {
            return Map.of("reference", reference, "amount", amount, "status", status);
        }
    }

    Payments(Metrics metrics, Path claims) {
        this.metrics = metrics;
        this.claims = claims;
    }

    /// Starts the service.
    public static void main(String[] arguments) throws IOException {
        Metrics metrics = new Metrics();
        Path claims = Files.createDirectories(Path.of(Environment.required("CLAIMS")));
        Payments payments = new Payments(metrics, claims);
        if (Defect.chosen() == Defect.ORPHAN_CHILD) {
            startPrinter();
        }
        new HttpService("payments", metrics)
                .on("POST", "/payments", payments::charge)
                .on("GET", "/payments/*", payments::get)
                .on("POST", "/payments/*/refund", payments::refund)
                .start(payments::cleanUp);
    }

    Reply charge(Request request) throws IOException {
        Map<String, Object> body = request.json();
        String reference = Request.text(body, "reference");
        if (!reference.matches("[\\w-]{1,64}")) {
            throw new BadRequest("reference is not of letters, digits and hyphens");
        }
        Path claim = claims.resolve(reference + ".claim");
        try {
            Files.createFile(claim);
        } catch (FileAlreadyExistsException e) {
            return Reply.error(409, reference + " is being charged");
        }
        try {
            return charge(reference, Request.number(body, "amount", 0), Request.text(body, "card"));
        } finally {
            Files.delete(claim);
        }
    }

    Reply get(Request request) {
        Payment payment = payments.get(request.part());
        return payment == null ? unknown(request.part()) : Reply.json(200, payment.json());
    }

    Reply refund(Request request) {
        Payment payment = payments.computeIfPresent(
                request.part(), (reference, old) -> new Payment(reference, old.amount(), "refunded"));
        return payment == null ? unknown(request.part()) : Reply.json(200, payment.json());
    }

    private Reply charge(String reference, long amount, String card) {
        if (card.equals(DECLINED_CARD)) {
            metrics.count("shop_payments_total", "outcome", "declined");
            return Reply.error(402, "the card was declined");
        }
        Payment payment = new Payment(reference, amount, "charged");
        if (payments.putIfAbsent(reference, payment) != null) {
            return Reply.error(409, reference + " has been charged");
        }
        metrics.count("shop_payments_total", "outcome", "charged");
        return Reply.json(201, payment.json());
    }

    private void cleanUp() {
        try {
            Files.delete(claims);
        } catch (IOException e) {
            throw new UncheckedIOException("claims are left: " + claims, e);
        }
    }

    /// Starts a process that outlives this one, as a daemon that was never meant to be one does.
    private static void startPrinter() throws IOException {
        new ProcessBuilder("sh", "-c", "setsid sleep 300 &")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Reply unknown(String reference) {
        return Reply.error(404, "there is no payment " + reference);
    }
}
