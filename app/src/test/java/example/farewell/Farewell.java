package example.farewell;

import io.cucumber.java.en.Given;

/// Is a step class of the user's that asks to be told of the JVM's end.
public final class Farewell {
    @Given("somebody says goodbye at the end")
    public void asks() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
    }
}
