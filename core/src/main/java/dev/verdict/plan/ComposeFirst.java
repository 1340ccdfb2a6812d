package dev.verdict.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds what `docker-compose` 1.29, the last of the first Compose, does not know and so refuses.
///
/// The keys are those of its schema, `compose_spec.json`; whatever begins with `x-` is known.
final class ComposeFirst {
    private static final Set<String> TOP = keys("version services networks volumes secrets configs");
    private static final Set<String> SERVICE = keys("""
            deploy build blkio_config cap_add cap_drop cgroup_parent command configs container_name cpu_count
            cpu_percent cpu_shares cpu_quota cpu_period cpu_rt_period cpu_rt_runtime cpus cpuset credential_spec
            depends_on device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file environment
            expose extends external_links extra_hosts group_add healthcheck hostname image init ipc isolation labels
            links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit network_mode networks
            oom_kill_disable oom_score_adj pid pids_limit platform ports privileged profiles pull_policy read_only
            restart runtime scale security_opt shm_size secrets sysctls stdin_open stop_grace_period stop_signal
            storage_opt tmpfs tty ulimits user userns_mode volumes volumes_from working_dir""");
    private static final Set<String> BUILD =
            keys("context dockerfile args labels cache_from network target shm_size extra_hosts isolation");
    private static final Set<String> HEALTH_CHECK = keys("disable interval retries test timeout start_period");
    private static final Set<String> PORT = keys("mode target published protocol");
    private static final Set<String> DEPENDENCY = keys("condition");
    private static final Set<String> CONFIG = keys("name file external labels driver driver_opts template_driver");

    private final List<Problem> unknown = new ArrayList<>();

    /// Returns each key of a file that is unknown to it.
    static List<Problem> unknown(Map<String, Node.Entry> root) {
        ComposeFirst first = new ComposeFirst();
        first.keys(root, TOP);
        ComposeNodes.entries(root, "services").values().forEach(entry -> first.service(entry.value()));
        for (String kind : List.of("configs", "secrets")) {
            ComposeNodes.entries(root, kind).values().forEach(entry -> first.keys(entry.value(), CONFIG));
        }
        return first.unknown;
    }

    /// Returns what is told of a key or a tag that is unknown to it.
    static Problem problem(Position position, String word) {
        return new Problem(position, "Compose 1 does not know '" + Wording.shorten(word) + "'");
    }

    private static Set<String> keys(String words) {
        return Set.copyOf(new HashSet<>(List.of(words.split("\\s+"))));
    }

    private void service(Node node) {
        Map<String, Node.Entry> service = ComposeNodes.entries(node);
        keys(service, SERVICE);
        keys(ComposeNodes.entries(service, "build"), BUILD);
        keys(ComposeNodes.entries(service, "healthcheck"), HEALTH_CHECK);
        ComposeNodes.items(service, "ports").forEach(port -> keys(port, PORT));
        ComposeNodes.entries(service, "depends_on").values().forEach(entry -> keys(entry.value(), DEPENDENCY));
        // It knows nothing but names of files there.
        ComposeNodes.items(service, "env_file").forEach(file -> keys(file, Set.of()));
    }

    private void keys(Node node, Set<String> known) {
        keys(ComposeNodes.entries(node), known);
    }

    private void keys(Map<String, Node.Entry> entries, Set<String> known) {
        entries.forEach((key, entry) -> {
            if (!known.contains(key) && !key.startsWith("x-")) {
                unknown.add(problem(entry.key().position(), key));
            }
        });
    }
}
