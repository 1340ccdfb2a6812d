package dev.verdict.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Knows the version that the build wrote into `version.properties`.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "verdict " + number() + " (Java " + Runtime.version().feature() + ")"
        };
    }

    static String number() {
        try (InputStream in =
                Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"), "version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
