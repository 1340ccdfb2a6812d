package dev.verdict.cli;

import picocli.CommandLine.IVersionProvider;

/// Answers `--version` with any command.
final class VersionOption implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {Version.line()};
    }
}
