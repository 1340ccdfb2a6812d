package dev.verdict.scenario.steps;

import dev.verdict.plan.Fault;
import dev.verdict.plan.ServiceFault;
import io.cucumber.java.en.When;

/// Disturbs what services keep: their disks and files.
public final class FileFaultSteps {
    private static final Lasting UNTIL_UNDONE = Lasting.parse("");

    private final Stage stage;

    public FileFaultSteps(Stage stage) {
        this.stage = stage;
    }

    private void disturb(String service, Fault fault, Lasting lasting) throws InterruptedException {
        stage.disturbances().service(stage.text(service), fault, lasting);
    }

    @When("the disk of {string} is full{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Fills the small disk of a service whose plan says `disk: SIZE`.",
            example = "When the disk of \"stock\" is full for 5 seconds")
    public void full(String service, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.DiskFull("", 0), lasting);
    }

    @When("the disk of {string} has {size} left{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Fills the small disk of a service but for so much.",
            example = "When the disk of \"stock\" has 64 KiB left")
    public void nearlyFull(String service, long leave, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.DiskFull("", leave), lasting);
    }

    @When("the disk of {string} is read-only{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Makes the small disk of a service read-only; nobody may have a file open for writing there.",
            example = "When the disk of \"stock\" is read-only for 5 seconds")
    public void readOnly(String service, Lasting lasting) throws InterruptedException {
        disturb(service, new ServiceFault.ReadOnlyDisk(""), lasting);
    }

    @When("{int} bit(s) of the file {string} of {string} is/are turned over")
    @Doc(
            family = Family.FAULTS,
            text =
                    "Damages a file below the service's `writes`, in place; the undo takes back what was not written since.",
            example = "When 3 bits of the file \"data/rows\" of \"stock\" are turned over")
    public void flip(int count, String file, String service) throws InterruptedException {
        disturb(service, new ServiceFault.FlipBits(stage.text(file), count), UNTIL_UNDONE);
    }

    @When("the file {string} of {string} is cut to {size}")
    @Doc(
            family = Family.FAULTS,
            text = "Cuts the end of a file off, as a crash in mid-write does.",
            example = "When the file \"data/rows\" of \"stock\" is cut to 100 bytes")
    public void cut(String file, String service, long size) throws InterruptedException {
        disturb(service, new ServiceFault.Truncate(stage.text(file), size), UNTIL_UNDONE);
    }

    @When("the file {string} of {string} is replaced by {string}")
    @Doc(
            family = Family.FAULTS,
            text = "Puts an older copy in a file's place; the copy's path starts from the plan's folder.",
            example = "When the file \"data/rows\" of \"stock\" is replaced by \"fixtures/older\"")
    public void replace(String file, String service, String copy) throws InterruptedException {
        disturb(service, new ServiceFault.ReplaceFile(stage.text(file), stage.text(copy)), UNTIL_UNDONE);
    }

    @When("{int} page(s) of the database {string} of {string} is/are damaged")
    @Doc(
            family = Family.FAULTS,
            text = "Overwrites pages of an SQLite database, but not the first.",
            example = "When 5 pages of the database \"data/shop.db\" of \"stock\" are damaged")
    public void pages(int count, String file, String service) throws InterruptedException {
        disturb(service, new ServiceFault.DamagePages(stage.text(file), count), UNTIL_UNDONE);
    }
}
