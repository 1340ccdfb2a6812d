package dev.verdict.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opens the page in a real browser; skipped where none is installed.
@Tag("slow")
class PageInBrowserTest {
    @TempDir
    static Path directory;

    private static @Nullable Browser started;

    private static String page = "";

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(Browser.program().isPresent(), "no Chromium is installed");
        started = Browser.start(Browser.program().orElseThrow(), directory.resolve("profile"));
        SampleRun.Sample sample = SampleRun.write(directory);
        page = HtmlReport.write(sample.plan(), sample.entries(), sample.verdict(), sample.folder())
                .toUri()
                .toString();
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void it_renders_without_a_complaint() {
        browser().open(page);

        assertThat(text("h1")).isEqualTo("Failed");
        assertThat(count(".group")).isEqualTo(5);
        assertThat(count("#timeline rect.scenario")).isGreaterThan(20);
        assertThat(count("#services article")).isEqualTo(4);
        assertThat(count(".charts svg")).isEqualTo(6);
        assertThat(text("#page")).doesNotContain("[object", "NaN", "undefined ms");
        assertThat(browser().complaints()).isEmpty();
    }

    @Test
    void faults_are_bars_and_bands_behind_what_happened_under_them() {
        browser().open(page);

        assertThat(count("#timeline rect.fault")).isEqualTo(3);
        assertThat(count("#timeline rect.band")).isEqualTo(3);
        assertThat(count("#timeline rect.fault.f-network")).isEqualTo(1);
        assertThat(text("#timeline .keyline")).contains("fault: network", "fault: a service is ended or held");
        // a band begins and ends with its bar, and reaches down over every lane
        assertThat(browser()
                        .evaluate("(() => { const of = (name) => [...document.querySelectorAll(name)].map(one =>"
                                + " one.getBoundingClientRect()); const bars = of('rect.fault'); const bands ="
                                + " of('rect.band'); const last = Math.max(...of('rect.scenario').map(one =>"
                                + " one.bottom)); return bars.every((bar, i) => Math.abs(bar.left - bands[i].left) < 1"
                                + " && Math.abs(bar.right - bands[i].right) < 3 && bands[i].bottom >= last); })()")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void the_help_lists_the_keys() {
        browser().open(page);
        browser().press("?");

        assertThat(browser().evaluate("document.querySelector('dialog').open").asBoolean())
                .isTrue();
        assertThat(text("dialog"))
                .contains("search", "Enter", "open or close it")
                .doesNotContain("[object");
    }

    @Test
    void filters_come_from_the_address() {
        browser().open(page + "#q=customer&outcome=failed,blocked");

        assertThat(count(".row")).isEqualTo(1 + 2);
        assertThat(text("#scenarios .note")).startsWith("3 of 27");
        assertThat(browser()
                        .evaluate("document.querySelector('.toolbar input').value")
                        .asString())
                .isEqualTo("customer");
    }

    @Test
    void a_deep_link_opens_its_scenario() {
        browser().open(page + "#s=orders%2Ffeatures%2Fno-order-is-lost.feature%3A14");

        assertThat(text(".head[aria-expanded=true] .name")).isEqualTo("an accepted order is in the list afterwards");
        assertThat(text(".comparison .expected")).isEqualTo("contains \"o-1077\"");
        assertThat(count(".evidence img")).isEqualTo(1);
        // The policy lets the page show its own pictures; they load after the page.
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> browser()
                        .evaluate("document.querySelector('.evidence img').naturalWidth > 0")
                        .asBoolean());
    }

    @Test
    void keys_walk_the_list_and_open_a_scenario() {
        browser().open(page);
        browser().press("j");
        browser().press("j");
        browser().press("k");
        browser().press("Enter");

        assertThat(text(".head[aria-expanded=true] .name")).isEqualTo("an accepted order is in the list afterwards");
        assertThat(browser().evaluate("location.hash").asString()).startsWith("#s=orders");

        browser().press("/");
        browser().press("t");
        assertThat(browser()
                        .evaluate("document.querySelector('.toolbar input').value")
                        .asString())
                .isEqualTo("t");
    }

    @Test
    void a_mark_of_the_timeline_shows_the_lines_around() {
        browser().open(page);
        browser()
                .evaluate("document.querySelector('#timeline .reach')"
                        + ".dispatchEvent(new MouseEvent('click', {bubbles: true}))");

        assertThat(count("#timeline .around .log li.this")).isEqualTo(1);
    }

    @Test
    void the_timeline_zooms_by_keys() {
        browser().open(page);
        browser().press("t");
        browser().evaluate("document.querySelector('.canvas').focus()");
        browser().press("+");

        assertThat(text("#timeline .note")).contains(" to ");
    }

    @Test
    void nothing_is_wider_than_a_phone() {
        browser().width(390);
        browser().open(page + "#s=orders%2Ffeatures%2Fno-order-is-lost.feature%3A14");

        assertThat(browser().evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        browser().width(1280);
    }

    @Test
    void a_large_run_opens_quickly() {
        LargeRun large = LargeRun.of(3_000, 10);
        String url = HtmlReport.write(
                        SampleRun.plan(), large.entries(), large.verdict(), RunFolder.of(directory, "large"))
                .toUri()
                .toString();
        browser().open(url);

        assertThat(count(".row")).isEqualTo(30);
        assertThat(browser().evaluate("performance.now()").asDouble())
                .as("milliseconds; well below a second on a quiet machine")
                .isLessThan(10_000);
        assertThat(browser().complaints()).isEmpty();
    }

    private static Browser browser() {
        return Objects.requireNonNull(started);
    }

    private static String text(String selector) {
        return browser()
                .evaluate("document.querySelector('" + selector + "').textContent")
                .asString();
    }

    private static int count(String selector) {
        return browser()
                .evaluate("document.querySelectorAll('" + selector + "').length")
                .asInt();
    }
}
