package dev.verdict.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads `/proc` (proc(5)). A process may end between any two reads: what cannot be read is gone.
final class LinuxProcessTable implements ProcessTable {
    // Keys of the auxiliary vector, getauxval(3).
    private static final long PAGE_SIZE = 6;
    private static final long CLOCK_TICKS = 17;

    private final Path proc;
    private final long pageSize;
    private final long tickNanos;

    LinuxProcessTable(Path proc) {
        this.proc = proc;
        this.pageSize = auxiliary(PAGE_SIZE, 4096);
        this.tickNanos = 1_000_000_000L / auxiliary(CLOCK_TICKS, 100);
    }

    @Override
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Character.isDigit(name.charAt(0))) {
                    pids.add(Long.parseLong(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the processes in " + proc, e);
        }
        return pids;
    }

    @Override
    public Optional<Proc> find(long pid) {
        return read(pid, "stat").map(bytes -> parse(pid, new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    /// Parses a `stat` line. The name in parentheses may hold anything, also `)`: the last one ends
    /// it.
    private Proc parse(long pid, String stat) {
        String[] field = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        char state = field[0].charAt(0);
        int threads = (int) number(field[17]);
        return new Proc(
                new ProcessId(pid, number(field[19])),
                number(field[1]),
                number(field[3]),
                // Where threads are still ending, the first of them being a zombie frees no socket yet.
                state == 'X' || (state == 'Z' && threads <= 1),
                ticks(number(field[11]) + number(field[12])),
                ticks(number(field[13]) + number(field[14])),
                threads,
                number(field[21].trim()) * pageSize);
    }

    @Override
    public Optional<String> markedService(long pid, Mark mark) {
        // A string search first: most processes carry no mark and are never taken apart.
        return read(pid, "environ")
                .map(bytes -> "\0" + new String(bytes, StandardCharsets.ISO_8859_1))
                .filter(text -> text.contains("\0" + Mark.NONCE + "=" + mark.nonce() + "\0"))
                .map(text -> Stream.of(text.split("\0"))
                        .filter(variable -> variable.startsWith(Mark.SERVICE + "="))
                        .findFirst()
                        .map(variable -> variable.substring(Mark.SERVICE.length() + 1))
                        .orElse(""));
    }

    @Override
    public boolean inContainer(long pid, String container) {
        // As `4:memory:/docker/ID`, or `0::/system.slice/docker-ID.scope`.
        return read(pid, "cgroup")
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .filter(text -> text.contains(container))
                .isPresent();
    }

    @Override
    public String command(long pid) {
        String line = read(pid, "cmdline")
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .replace('\0', ' ')
                        .strip())
                .orElse("");
        return line.isEmpty()
                ? read(pid, "comm")
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                        .orElse("")
                : line;
    }

    @Override
    public int openFiles(long pid) {
        String[] names = proc.resolve(Long.toString(pid)).resolve("fd").toFile().list();
        return names == null ? 0 : names.length;
    }

    /// Returns what a process's open files lead to, as `socket:[4711]`.
    List<String> links(long pid) {
        List<String> links = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("fd"))) {
            for (Path entry : entries) {
                links.add(Files.readSymbolicLink(entry).toString());
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return links;
        }
        return links;
    }

    private Optional<byte[]> read(long pid, String file) {
        try {
            return Optional.of(
                            Files.readAllBytes(proc.resolve(Long.toString(pid)).resolve(file)))
                    .filter(bytes -> bytes.length > 0);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Duration ticks(long count) {
        return Duration.ofNanos(count * tickNanos);
    }

    private static long number(String field) {
        return Long.parseLong(field);
    }

    /// Reads a value that the kernel hands to every program, as a page's size, which differs by
    /// machine.
    private long auxiliary(long key, long otherwise) {
        try {
            ByteBuffer vector = ByteBuffer.wrap(
                            Files.readAllBytes(proc.resolve("self").resolve("auxv")))
                    .order(ByteOrder.nativeOrder());
            while (vector.remaining() >= 2 * Long.BYTES) {
                long found = vector.getLong();
                long value = vector.getLong();
                if (found == key) {
                    return value;
                }
            }
            return otherwise;
        } catch (IOException e) {
            return otherwise;
        }
    }
}
