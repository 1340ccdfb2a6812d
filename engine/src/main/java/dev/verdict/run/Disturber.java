package dev.verdict.run;

import dev.verdict.fault.Faults;
import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultTarget;

/// Lets faults act and undoes them.
interface Disturber {
    static Disturber of(Faults faults) {
        return new Disturber() {
            @Override
            public String inject(Fault fault, FaultTarget target, String by) throws InterruptedException {
                return faults.inject(fault, target, by);
            }

            @Override
            public void undo(String id) throws InterruptedException {
                faults.undo(id);
            }
        };
    }

    /// Lets a fault act; returns once it is in force.
    ///
    /// @param by who asks, for the journal
    /// @return the fault's id
    /// @throws RuntimeException if it cannot act, with a sentence for the user; it left nothing
    String inject(Fault fault, FaultTarget target, String by) throws InterruptedException;

    /// Undoes a fault; does nothing if it has ended.
    ///
    /// @throws dev.verdict.fault.FaultException if something is still there; that is journaled
    void undo(String id) throws InterruptedException;
}
