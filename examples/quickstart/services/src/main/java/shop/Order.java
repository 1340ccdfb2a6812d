package shop;

import java.util.LinkedHashMap;
import java.util.Map;

/// Is what somebody bought.
///
/// @param reservation names the promise of the stock service, and the payment as well
record Order(long id, String sku, long quantity, long amount, String reservation, String status) {
    static final String CONFIRMED = "confirmed";
    static final String CANCELLED = "cancelled";

    Map<String, Object> json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("sku", sku);
        values.put("quantity", quantity);
        values.put("amount", amount);
        values.put("payment", reservation);
        values.put("status", status);
        return values;
    }
}
