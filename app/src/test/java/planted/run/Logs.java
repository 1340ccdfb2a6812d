package planted.run;

import java.util.logging.Logger;

/// Logs past the `System.Logger`.
final class Logs {
    Logger logger() {
        return Logger.getLogger("planted");
    }
}
