package planted.gateway;

import java.util.concurrent.TimeUnit;

/// Keeps the rule: the test gives it an allowance.
final class SleepsWithAllowance {
    void sleep() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
    }
}
