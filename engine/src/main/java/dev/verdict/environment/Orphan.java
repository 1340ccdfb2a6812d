package dev.verdict.environment;

import dev.verdict.environment.docker.Leftover;
import java.nio.file.Path;

/// Is something that the run created and did not take away by itself.
sealed interface Orphan {
    /// Returns whose it is; empty if unknown.
    String service();

    /// Is a process that outlived the stop of its service.
    record LeftProcess(ProcessId id, String command, String service) implements Orphan {}

    /// Is a port of the run that somebody still listens on.
    record LeftPort(int number, String detail, String service) implements Orphan {}

    /// Is a new file or directory below a declared path.
    record LeftFile(Path path, String detail, String service) implements Orphan {}

    /// Is a container, network, volume or image.
    record LeftInEngine(Leftover thing) implements Orphan {
        @Override
        public String service() {
            return thing.service();
        }
    }

    /// Returns the kind as the journal has it.
    default String kind() {
        return switch (this) {
            case LeftProcess process -> "process";
            case LeftPort port -> "port";
            case LeftFile file -> "file";
            case LeftInEngine left -> left.thing().kind().word();
        };
    }

    /// Returns what it is: process id, port number, path or name.
    default String what() {
        return switch (this) {
            case LeftProcess process -> Long.toString(process.id().pid());
            case LeftPort port -> Integer.toString(port.number());
            case LeftFile file -> file.path().toString();
            case LeftInEngine left -> left.thing().name();
        };
    }

    /// Returns more about it, for people.
    default String detail() {
        return switch (this) {
            case LeftProcess process -> process.command();
            case LeftPort port -> port.detail();
            case LeftFile file -> file.detail();
            case LeftInEngine left -> left.thing().detail();
        };
    }
}
