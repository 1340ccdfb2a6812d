package shop;

import java.util.LinkedHashMap;
import java.util.Map;

/// Is what somebody bought.
///
/// @param reservation of the stock service, which also names the payment
record Order(long id, String sku, long quantity, long amount, long reservation, String status) {
    static final String CONFIRMED = "confirmed";
    static final String CANCELLED = "cancelled";

    String payment() {
        return "reservation-" + reservation;
    }

    Map<String, Object> json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("sku", sku);
        values.put("quantity", quantity);
        values.put("amount", amount);
        values.put("payment", payment());
        values.put("status", status);
        return values;
    }
}
