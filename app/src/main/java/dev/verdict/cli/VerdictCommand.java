package dev.verdict.cli;

import picocli.CommandLine.Command;

/// Is `verdict` itself: it only knows its subcommands.
@Command(
        name = "verdict",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Integration testing for systems made of many services: a green you can trust.")
final class VerdictCommand {}
