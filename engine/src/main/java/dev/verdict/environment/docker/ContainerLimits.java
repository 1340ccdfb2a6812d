package dev.verdict.environment.docker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Says what a container may use; what is empty is left as it is.
///
/// @param memory bytes, swap included: there is no further swap
/// @param cpus processors, as 0.5
/// @param processes how many, with threads
public record ContainerLimits(OptionalLong memory, OptionalDouble cpus, OptionalLong processes) {
    /// Is no limit at all.
    public static final ContainerLimits NONE =
            new ContainerLimits(OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());

    public ContainerLimits memory(long bytes) {
        return new ContainerLimits(OptionalLong.of(bytes), cpus, processes);
    }

    public ContainerLimits cpus(double number) {
        return new ContainerLimits(memory, OptionalDouble.of(number), processes);
    }

    public ContainerLimits processes(long number) {
        return new ContainerLimits(memory, cpus, OptionalLong.of(number));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        memory.ifPresent(bytes -> {
            json.put("Memory", bytes);
            json.put("MemorySwap", bytes);
        });
        cpus.ifPresent(number -> json.put("NanoCpus", Math.round(number * 1e9)));
        processes.ifPresent(number -> json.put("PidsLimit", number));
        return json;
    }
}
