package planted.attic;

/// Lies in a room that the table does not hold.
final class Stored {}
