package dev.verdict.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Looks for what a run left, without asking Verdict.
final class Leftovers {
    private Leftovers() {}

    /// Returns the processes whose command line, environment or folder names `text`.
    static List<String> processes(String text) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> !process.getFileName().toString().equals(Long.toString(self())))
                    .filter(process -> names(process, text))
                    .map(process -> process.getFileName() + " " + read(process.resolve("cmdline")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Says whether the port can be listened on.
    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private static boolean names(Path process, String text) {
        return read(process.resolve("cmdline")).contains(text)
                || read(process.resolve("environ")).contains(text);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            // The process ended while we looked: it is no leftover.
            return "";
        }
    }
}
