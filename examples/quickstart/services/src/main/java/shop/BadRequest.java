package shop;

/// Reports that a request cannot be understood: status 400.
final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequest(String message) {
        super(message);
    }
}
