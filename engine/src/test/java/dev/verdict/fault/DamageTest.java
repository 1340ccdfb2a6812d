package dev.verdict.fault;

import static dev.verdict.fault.FaultySystem.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.plan.Fault;
import dev.verdict.plan.ServiceFault;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DamageTest {
    @TempDir
    Path directory;

    private Path file = Path.of("");
    private final byte[] content = new byte[200_000];

    @BeforeEach
    void write() throws Exception {
        new SplittableRandom(7).nextBytes(content);
        file = directory.resolve("data/rows");
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private FaultySystem up() throws Exception {
        return FaultySystem.up(directory, shell("stock", "exec sleep 300"));
    }

    private static long bitsOf(byte[] one, byte[] other) {
        BitSet bits = BitSet.valueOf(one);
        bits.xor(BitSet.valueOf(other));
        return bits.cardinality();
    }

    @Test
    void flips_exactly_so_many_bits_in_place_and_turns_them_back() throws Exception {
        try (FaultySystem system = up();
                RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            String id = system.inject(new ServiceFault.FlipBits("data/rows", 11), "stock");
            byte[] seen = new byte[content.length];
            open.readFully(seen);
            assertThat(bitsOf(seen, content)).isEqualTo(11);
            system.faults.undo(id);
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
        }
    }

    @Test
    void what_the_service_wrote_since_is_not_taken_back() throws Exception {
        try (FaultySystem system = up()) {
            String id = system.inject(new ServiceFault.FlipBits("data/rows", 3), "stock");
            byte[] damaged = Files.readAllBytes(file);
            byte[] expected = content.clone();
            int mine = Arrays.mismatch(damaged, content);
            int free = (mine + 1) % content.length;
            try (RandomAccessFile service = new RandomAccessFile(file.toFile(), "rw")) {
                service.seek(mine);
                service.write(~content[mine] ^ damaged[mine]);
                service.seek(free);
                service.write(42);
            }
            expected[mine] = (byte) (~content[mine] ^ damaged[mine]);
            expected[free] = 42;
            system.faults.undo(id);
            assertThat(Files.readAllBytes(file)).isEqualTo(expected);
        }
    }

    @Test
    void cuts_a_file_and_gives_the_end_back_unless_it_grew() throws Exception {
        try (FaultySystem system = up()) {
            String id = system.inject(new ServiceFault.Truncate("data/rows", 100), "stock");
            assertThat(Files.readAllBytes(file)).isEqualTo(Arrays.copyOf(content, 100));
            system.faults.undo(id);
            assertThat(Files.readAllBytes(file)).isEqualTo(content);

            String again = system.inject(new ServiceFault.Truncate("data/rows", 100), "stock");
            byte[] grown = Arrays.copyOf(content, 103);
            grown[100] = (byte) ~content[100];
            Files.write(file, grown);
            system.faults.undo(again);
            assertThat(Files.readAllBytes(file)).isEqualTo(grown);
        }
    }

    @Test
    void puts_an_older_copy_in_place_and_the_file_back() throws Exception {
        Files.writeString(directory.resolve("older"), "old rows");
        try (FaultySystem system = up()) {
            Object key = Files.getAttribute(file, "unix:ino");
            String id = system.inject(new ServiceFault.ReplaceFile("data/rows", "older"), "stock");
            assertThat(file).hasContent("old rows");
            assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(key);
            system.faults.undo(id);
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
        }
    }

    @Test
    void damaged_pages_are_seen_by_sqlite_and_gone_after_the_undo() throws Exception {
        String url = "jdbc:sqlite:" + directory.resolve("data/shop.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table rows (id integer primary key, text text)");
            statement.executeUpdate("with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)"
                    + " insert into rows select i, hex(randomblob(40)) from n");
        }
        try (FaultySystem system = up()) {
            assertThat(integrity(url)).isEqualTo("ok");
            String id = system.inject(new ServiceFault.DamagePages("data/shop.db", 5), "stock");
            assertThat(integrity(url)).isNotEqualTo("ok");
            system.faults.undo(id);
            assertThat(integrity(url)).isEqualTo("ok");
            assertThatThrownBy(() -> system.inject(new ServiceFault.DamagePages("data/rows", 5), "stock"))
                    .hasMessageContaining("is no SQLite database");
        }
    }

    private static String integrity(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("pragma integrity_check")) {
            return found.getString(1);
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void nothing_outside_of_the_declared_paths_is_touched() throws Exception {
        Files.writeString(directory.resolve("secret"), "precious");
        Files.createSymbolicLink(directory.resolve("data/way"), directory);
        Files.createSymbolicLink(directory.resolve("data/link"), directory.resolve("secret"));
        try (FaultySystem system = up()) {
            for (String name : new String[] {"secret", "data/../secret", "data/way/secret", "data/link", "data/none"}) {
                Fault fault = new ServiceFault.Truncate(name, 0);
                assertThatThrownBy(() -> system.inject(fault, "stock"))
                        .isInstanceOf(FaultException.class)
                        .hasMessageMatching(".*(none of the files|leads out|there is no file).*");
            }
        }
        assertThat(Files.readString(directory.resolve("secret"), StandardCharsets.UTF_8))
                .isEqualTo("precious");
    }

    @Test
    void a_half_written_damage_is_undone_too() throws Exception {
        try (FaultySystem system = up()) {
            String id = system.inject(new ServiceFault.ReplaceFile("data/rows", "data/rows"), "stock");
            system.faults.undo(id);
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
        }
        Path aside = directory.resolve("aside");
        Files.createDirectories(aside);
        byte[] damaged = new byte[150_000];
        Files.write(aside.resolve("original"), content);
        Files.write(aside.resolve("damaged"), damaged);
        byte[] half = content.clone();
        Arrays.fill(half, 0, 70_000, (byte) 0);
        Files.write(file, half);
        Damage.Restore restore = new Damage.Restore(file.toString(), aside.toString(), true);
        Reach reach = Reach.ofTheDead(new dev.verdict.journal.RunFolder(directory));

        assertThat(restore.undo(reach)).endsWith(" restored");
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(restore.undo(reach)).isEmpty();
    }
}
