package dev.verdict.fault;

import dev.verdict.environment.Environment.State;
import dev.verdict.environment.Place;
import dev.verdict.plan.ServiceFault;

/// Knows who carries out which fault.
final class Kinds {
    private Kinds() {}

    /// Prepares a fault of a service; nothing has been done to the system when this returns.
    ///
    /// @throws FaultException if the service is not there to be disturbed
    static Disturbance of(ServiceFault fault, Scene scene) {
        refuseAbsent(scene);
        return switch (fault) {
            case ServiceFault.Kill kill -> Life.kill(kill, scene);
            case ServiceFault.Stop _ -> Life.stop(scene);
            case ServiceFault.Restart _ -> Life.restart(scene);
            case ServiceFault.CrashLoop loop -> new CrashLoop(loop, scene);
            case ServiceFault.Pause _ -> new Pausing(scene);
            case ServiceFault.CpuStress stress -> new CpuStress(stress, scene);
            case ServiceFault.MemoryPressure pressure ->
                contained(scene) ? new ContainerMemory(pressure, scene) : new MemoryPressure(pressure, scene);
            case ServiceFault.LimitOpenFiles limit -> new OpenFiles(limit, scene);
            case ServiceFault.LimitProcesses limit ->
                contained(scene) ? ContainerBounds.processes(limit, scene) : new ProcessLimit(limit, scene);
            case ServiceFault.DiskFull full -> Disks.fill(full, scene);
            case ServiceFault.ReadOnlyDisk readOnly -> Disks.readOnly(readOnly, scene);
            case ServiceFault.FlipBits flip -> Damage.flipBits(flip, scene);
            case ServiceFault.Truncate cut -> Damage.truncate(cut, scene);
            case ServiceFault.ReplaceFile replace -> Damage.replace(replace, scene);
            case ServiceFault.DamagePages pages -> Damage.pages(pages, scene);
            case ServiceFault.ClockShift shift -> new Clock(shift, scene);
        };
    }

    private static boolean contained(Scene scene) {
        return scene.container().isPresent();
    }

    /// Refuses what does not run, and what is not Verdict's to disturb.
    private static void refuseAbsent(Scene scene) {
        String service = scene.service();
        if (scene.environment().state(service) instanceof State.Exited exited) {
            throw new FaultException("service %s has ended already (exit code %d): there is nothing to disturb"
                    .formatted(service, exited.exitCode()));
        }
        if (scene.environment().place(service) instanceof Place.Elsewhere) {
            throw new FaultException(Scene.elsewhere(service));
        }
    }
}
