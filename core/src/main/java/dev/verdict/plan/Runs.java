package dev.verdict.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Says how a service comes to run.
public sealed interface Runs {
    /// Starts a process of this machine.
    ///
    /// @param command program and arguments; the program is looked up as a shell would
    /// @param directory where it runs, relative to the plan's folder; that folder if absent
    /// @param limits what the process may use
    /// @param network whether it shares this machine's
    /// @param own what it has to itself, so that faults can disturb that
    record LocalProcess(List<Text> command, Optional<Text> directory, Limits limits, Network network, Own own)
            implements Runs {
        public LocalProcess {
            command = List.copyOf(command);
        }

        /// Has nothing to itself but maybe a network.
        public LocalProcess(List<Text> command, Optional<Text> directory, Limits limits, Network network) {
            this(command, directory, limits, network, Own.NOTHING);
        }
    }

    /// Returns what it has to itself.
    default Own own() {
        return Own.NOTHING;
    }

    /// Says what a service has to itself.
    ///
    /// @param disk bytes of a disk for each path that it declares under `writes`; absent: they lie
    ///     on this machine's, or in the container
    /// @param clock whether its time of day can be shifted
    record Own(OptionalLong disk, boolean clock) {
        /// Shares everything.
        public static final Own NOTHING = new Own(OptionalLong.empty(), false);
    }

    /// Says which network a process lives in.
    enum Network {
        /// Is this machine's.
        HOST,
        /// Is a network namespace of the service's own, with an address of its own: it can be cut
        /// off from the others.
        OWN
    }

    /// Starts a container of its own.
    ///
    /// @param source where its image comes from
    /// @param command in place of the image's own; empty for that
    /// @param volumes as in a Compose file: `HOST:CONTAINER`, `HOST:CONTAINER:ro` or
    ///     `NAME:CONTAINER`
    /// @param limits what the container may use
    /// @param own what it has to itself, so that faults can disturb that
    record Container(Source source, List<Text> command, List<Text> volumes, Limits limits, Own own) implements Runs {
        public Container {
            command = List.copyOf(command);
            volumes = List.copyOf(volumes);
        }
    }

    /// Says where a container's image comes from.
    sealed interface Source {
        /// Uses an image that is there, or can be pulled.
        record Image(Text name) implements Source {}

        /// Builds the image.
        ///
        /// @param context the folder that is built, relative to the plan's
        /// @param dockerfile relative to `context`; `Dockerfile` if absent
        /// @param args build arguments
        record Build(Text context, Optional<Text> dockerfile, Map<String, Text> args) implements Source {
            public Build {
                args = Ordered.copy(args);
            }
        }
    }

    /// Starts with the project of a Compose file, which says everything else.
    ///
    /// @param own what the plan gives the container to itself, so that faults can disturb that
    record FromCompose(Compose compose, Own own) implements Runs {
        /// Has nothing to itself.
        public FromCompose(Compose compose) {
            this(compose, Own.NOTHING);
        }
    }

    /// Runs already: Verdict knows where, and neither starts nor ends it.
    ///
    /// @param ports where each port answers, by its name
    record Existing(Map<String, Location> ports) implements Runs {
        public Existing {
            ports = Ordered.copy(ports);
        }
    }

    /// Is where a port of something answers that runs already.
    record Location(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// Says whether it is a container, of whichever kind.
    default boolean contained() {
        return switch (this) {
            case Container _, FromCompose _ -> true;
            case LocalProcess _, Existing _ -> false;
        };
    }
}
