package dev.verdict.scenario.steps;

import dev.verdict.plan.Fault;
import dev.verdict.plan.ServiceFault;
import io.cucumber.java.en.When;
import java.time.Duration;

/// Disturbs services: their life, their share of the machine, their files, their clock.
public final class FaultSteps {
    private final Stage stage;

    public FaultSteps(Stage stage) {
        this.stage = stage;
    }

    private void disturb(String service, Fault fault, Lasting lasting) throws InterruptedException {
        stage.disturbances().service(stage.text(service), fault, lasting);
    }

    @When("the fault is undone")
    @Doc(
            family = Family.FAULTS,
            text = "Undoes the latest of the scenario's faults that still acts.",
            example = "When the fault is undone")
    public void undo() throws InterruptedException {
        stage.disturbances().undoLast();
    }

    @When("all faults are undone")
    @Doc(
            family = Family.FAULTS,
            text = "Undoes all faults of the scenario, the last first.",
            example = "When all faults are undone")
    public void undoAll() throws InterruptedException {
        stage.disturbances().undoAll();
    }

    @When("(the )service {string} is killed{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Kills a service with all its children (SIGKILL); the undo starts it again.",
            example = "When the service \"stock\" is killed")
    public void kill(String service, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.Kill("KILL"), lasting);
    }

    @When("(the )service {string} is stopped{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Ends a service as its plan says; the undo starts it again.",
            example = "When the service \"stock\" is stopped for 5 seconds")
    public void stop(String service, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.Stop(), lasting);
    }

    @When("(the )service {string} is restarted")
    @Doc(
            family = Family.FAULTS,
            text = "Ends a service as its plan says, starts it again and waits until it is ready.",
            example = "When the service \"stock\" is restarted")
    public void restart(String service) throws InterruptedException {
        disturb(service, new ServiceFault.Restart(), Lasting.parse(""));
    }

    @When("(the )service {string} is paused{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Holds all processes of a service (SIGSTOP); the undo lets them go on.",
            example = "When service \"stock\" is paused for 5 seconds")
    public void pause(String service, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.Pause(), lasting);
    }

    @When("(the )service {string} is killed whenever it was ready for {duration}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Kills a service and starts it again, over and over: a crash loop.",
            example = "When the service \"stock\" is killed whenever it was ready for 200 ms for 5 seconds")
    public void crashLoop(String service, Duration alive, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.CrashLoop(alive), lasting);
    }

    @When("{int} busy loop(s) run(s) beside (the )service {string}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Takes processor time away by busy loops on the same machine.",
            example = "When 4 busy loops run beside the service \"stock\" for 10 seconds")
    public void stress(int loops, String service, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.CpuStress(loops), lasting);
    }

    @When("(the )service {string} runs out of memory")
    @Doc(
            family = Family.FAULTS,
            text = "Takes all memory away, so that the kernel kills the service; the undo starts it again. Needs root.",
            example = "When the service \"stock\" runs out of memory")
    public void outOfMemory(String service) throws InterruptedException {
        disturb(service, new ServiceFault.MemoryPressure(0), Lasting.parse(""));
    }

    @When("(the )service {string} can get {size} of memory more{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Bounds what a service can still allocate; the kernel kills it beyond. Needs root.",
            example = "When the service \"stock\" can get 16 MB of memory more")
    public void memory(String service, long leave, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.MemoryPressure(leave), lasting);
    }

    @When("(the )service {string} may have {int} open files{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Bounds the open files of each process of a running service.",
            example = "When the service \"stock\" may have 20 open files for 5 seconds")
    public void openFiles(String service, int count, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.LimitOpenFiles(count), lasting);
    }

    @When("(the )service {string} may have {int} processes{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Bounds the processes and threads of a running service, all together. Needs root.",
            example = "When the service \"stock\" may have 10 processes")
    public void processes(String service, int count, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.LimitProcesses(count), lasting);
    }

    @When("the clock of {string} is {duration} ahead{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Shifts the time of day for a service whose plan says `clock: own`.",
            example = "When the clock of \"stock\" is 2 hours ahead")
    public void ahead(String service, Duration by, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.ClockShift(by), lasting);
    }

    @When("the clock of {string} is {duration} behind{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Shifts the time of day back for a service whose plan says `clock: own`.",
            example = "When the clock of \"stock\" is 90 seconds behind for 10 seconds")
    public void behind(String service, Duration by, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.ClockShift(by.negated()), lasting);
    }
}
