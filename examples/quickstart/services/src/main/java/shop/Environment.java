package shop;

/// Reads what a service is told by whoever starts it.
final class Environment {
    private Environment() {}

    static String required(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + name + " is not set");
        }
        return value;
    }
}
