package dev.verdict.fault;

/// Ends the processes that a fault itself started: they carry the run's mark and its label.
record EndProcesses(String label) implements UndoStep {
    @Override
    public String undo(Reach reach) throws InterruptedException {
        int ended = reach.processes().kill(label);
        return ended == 0 ? "" : "%d processes of %s ended".formatted(ended, label);
    }
}
