package planted.gateway;

/// Sleeps without an allowance.
final class Sleeps {
    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
