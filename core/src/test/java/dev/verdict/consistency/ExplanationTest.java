package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

final class ExplanationTest {
    @ParameterizedTest
    @CsvSource({"REGISTER, 0, 3", "REGISTER, 4, 3", "CAS_REGISTER, 4, 8", "KV, 4, 8"})
    void a_stale_read_among_many_is_explained_by_a_few_operations(Datatype datatype, int values, int most) {
        History history = Generated.of(datatype, 3)
                .withOperations(400)
                .withKeys(4)
                .withValues(values)
                .withUnknown(2)
                .withFlaw(Generated.Flaw.STALE)
                .history();
        Anomaly anomaly = anomaly(history, datatype);
        int read = history.size() - 1;
        assertThat(anomaly.culprits()).containsExactly(read);
        assertThat(anomaly.operations()).hasSizeLessThanOrEqualTo(most).contains(read - 1, read);
        assertThat(anomaly.prefix()).isNotEmpty();
        assertThat(anomaly.prefix().getLast().state()).containsAnyOf("2000000002", "new");
    }

    @Test
    void a_read_of_what_nobody_wrote_is_explained_by_itself() {
        var builder = new History.Builder();
        builder.call(1, 0, "write", Values.NIL, 1, 0);
        builder.complete(2, 0, Completion.OK, "write", 1, 0);
        builder.call(3, 0, "read", Values.NIL, Values.NIL, 0);
        builder.complete(4, 0, Completion.OK, "read", 3, 0);
        assertThat(anomaly(builder.build(), Datatype.REGISTER).operations()).containsExactly(1);
    }

    @Test
    void the_picture_is_well_formed_whatever_the_values_are()
            throws IOException, ParserConfigurationException, SAXException {
        var builder = new History.Builder();
        int odd = builder.values().text("<&\"]]>\u0001");
        builder.call(1, 3, "write", odd, 1, 10);
        builder.complete(2, 3, Completion.OK, "write", 1, 20);
        builder.call(3, 4, "read", odd, Values.NIL, 30);
        builder.complete(4, 4, Completion.OK, "read", odd, 40);
        History history = builder.build();
        String svg = HistoryPicture.svg(history, anomaly(history, Datatype.REGISTER));
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Document document =
                factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getAttribute("viewBox")).matches("0 0 \\d+ \\d+");
        assertThat(svg).contains("class=\"bar culprit\"", "process 4", "prefers-color-scheme: dark", "@media print");
    }

    @Test
    void a_spent_budget_is_unknown_and_never_valid() {
        History history = Generated.of(Datatype.CAS_REGISTER, 1)
                .withOperations(2_000)
                .withClients(20)
                .history();
        var clock = new AtomicLong();
        Budget budget = Budget.of(Duration.ofNanos(5), Long.MAX_VALUE, clock::incrementAndGet);
        assertThat(new Linearizability(Datatype.CAS_REGISTER).check(history, budget))
                .isInstanceOfSatisfying(
                        Answer.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("time limit"));
        Budget small = Budget.of(Duration.ofHours(1), 1_000);
        assertThat(new Linearizability(Datatype.CAS_REGISTER).check(history, small))
                .isInstanceOfSatisfying(
                        Answer.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("memory limit"));
    }

    @Test
    void an_operation_that_a_model_does_not_know_is_reported() {
        var builder = new History.Builder();
        builder.call(1, 0, "enqueue", Values.NIL, 1, 0);
        History history = builder.build();
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> new Linearizability(Datatype.REGISTER).check(history, Budget.unlimited()))
                .withMessageContaining("knows read, get, write, put, set, and not the function enqueue");
    }

    private static Anomaly anomaly(History history, Datatype datatype) {
        Answer answer = new Linearizability(datatype).check(history, Budget.unlimited());
        assertThat(answer).isInstanceOf(Answer.Invalid.class);
        return ((Answer.Invalid) answer).anomalies().getFirst();
    }
}
