package dev.verdict.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Finds what `docker-compose` 1.29, the last of the first Compose, does not know and so refuses.
///
/// Whatever begins with `x-` is known.
final class ComposeFirst {
    /// Holds the keys of each mapping that its schema, `compose_spec.json`, closes; a star stands
    /// for a name that the file gives, and the items of a list are at the place of the list.
    static final Map<String, Set<String>> KNOWN = table("""
            : configs networks secrets services version volumes
            services.*: blkio_config build cap_add cap_drop cgroup_parent command configs container_name
              cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset
              credential_spec depends_on deploy device_cgroup_rules devices dns dns_opt dns_search domainname
              entrypoint env_file environment expose extends external_links extra_hosts group_add healthcheck
              hostname image init ipc isolation labels links logging mac_address mem_limit mem_reservation
              mem_swappiness memswap_limit network_mode networks oom_kill_disable oom_score_adj pid pids_limit
              platform ports privileged profiles pull_policy read_only restart runtime scale secrets
              security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty
              ulimits user userns_mode volumes volumes_from working_dir
            services.*.deploy: endpoint_mode labels mode placement replicas resources restart_policy
              rollback_config update_config
            services.*.deploy.rollback_config: delay failure_action max_failure_ratio monitor order parallelism
            services.*.deploy.update_config: delay failure_action max_failure_ratio monitor order parallelism
            services.*.deploy.resources: limits reservations
            services.*.deploy.resources.limits: cpus memory
            services.*.deploy.resources.reservations: cpus devices generic_resources memory
            services.*.deploy.resources.reservations.generic_resources: discrete_resource_spec
            services.*.deploy.resources.reservations.generic_resources.discrete_resource_spec: kind value
            services.*.deploy.resources.reservations.devices: capabilities count device_ids driver options
            services.*.deploy.restart_policy: condition delay max_attempts window
            services.*.deploy.placement: constraints max_replicas_per_node preferences
            services.*.deploy.placement.preferences: spread
            services.*.build: args cache_from context dockerfile extra_hosts isolation labels network shm_size
              target
            services.*.blkio_config: device_read_bps device_read_iops device_write_bps device_write_iops weight
              weight_device
            services.*.blkio_config.device_read_bps: path rate
            services.*.blkio_config.device_read_iops: path rate
            services.*.blkio_config.device_write_bps: path rate
            services.*.blkio_config.device_write_iops: path rate
            services.*.blkio_config.weight_device: path weight
            services.*.configs: gid mode source target uid
            services.*.credential_spec: config file registry
            services.*.depends_on.*: condition
            services.*.extends: file service
            services.*.healthcheck: disable interval retries start_period test timeout
            services.*.logging: driver options
            services.*.networks.*: aliases ipv4_address ipv6_address link_local_ips priority
            services.*.ports: mode protocol published target
            services.*.secrets: gid mode source target uid
            services.*.ulimits.*: hard soft
            services.*.volumes: bind consistency read_only source target tmpfs type volume
            services.*.volumes.bind: propagation
            services.*.volumes.volume: nocopy
            services.*.volumes.tmpfs: size
            networks.*: attachable driver driver_opts enable_ipv6 external internal ipam labels name
            networks.*.ipam: config driver options
            networks.*.ipam.config: aux_addresses gateway ip_range subnet
            networks.*.external: name
            volumes.*: driver driver_opts external labels name
            volumes.*.external: name
            secrets.*: driver driver_opts external file labels name template_driver
            configs.*: external file labels name template_driver
            services.*.env_file:""");

    private static final Set<String> PULL_POLICIES = Set.of("always", "never", "if_not_present", "build");
    private static final Set<String> BOOLEANS = Set.of("true", "false", "yes", "no", "on", "off");
    /// Where it takes no boolean, not even as the text that newer Compose makes of it.
    private static final Set<String> TEXTS = Set.of("services.*.environment.*", "services.*.build.args.*");

    private final List<Problem> unknown = new ArrayList<>();

    /// Returns each key, and each value that newer Compose takes, of a file that is unknown to it.
    static List<Problem> unknown(Node root) {
        ComposeFirst first = new ComposeFirst();
        first.look("", root);
        return first.unknown;
    }

    /// Returns what is told of a key or a tag that is unknown to it.
    static Problem problem(Position position, String word) {
        return new Problem(position, "Compose 1 does not know '" + Wording.shorten(word) + "'");
    }

    private static Map<String, Set<String>> table(String text) {
        Map<String, Set<String>> table = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (String word : text.strip().split("\\s+")) {
            if (word.endsWith(":")) {
                keys = table.computeIfAbsent(word.substring(0, word.length() - 1), _ -> new HashSet<>());
            } else {
                keys.add(word);
            }
        }
        return Map.copyOf(table);
    }

    private void look(String path, Node node) {
        switch (node) {
            case Node.Scalar scalar -> value(path, scalar);
            case Node.Sequence sequence -> sequence.nodes().forEach(item -> look(path, item));
            case Node.Mapping mapping -> ComposeNodes.entries(mapping).forEach((key, entry) -> entry(path, key, entry));
        }
    }

    private void entry(String path, String key, Node.Entry entry) {
        Set<String> known = KNOWN.get(path);
        if (known != null && key.startsWith("x-")) {
            return;
        }
        if (known != null && !known.contains(key)) {
            unknown.add(problem(entry.key().position(), key));
            return;
        }
        look((path.isEmpty() ? "" : path + ".") + (known == null ? "*" : key), entry.value());
    }

    private void value(String path, Node.Scalar value) {
        if (path.equals("services.*.pull_policy")
                && !value.text().contains("$")
                && !PULL_POLICIES.contains(value.text())) {
            unknown.add(problem(value.position(), value.text()));
        }
        if (TEXTS.contains(path)
                && value.plain()
                && BOOLEANS.contains(value.text().toLowerCase(Locale.ROOT))) {
            unknown.add(new Problem(
                    value.position(), "Compose 1 takes no boolean here; put '" + value.text() + "' in quotes"));
        }
    }
}
