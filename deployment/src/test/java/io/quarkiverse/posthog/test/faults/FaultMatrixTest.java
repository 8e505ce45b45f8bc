package io.quarkiverse.posthog.test.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;

/** Every unexpected response against everything that sends requests. The results are in {@code target/fault-matrix.txt}. */
class FaultMatrixTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addPackage(FaultMatrixTest.class.getPackage()))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(FaultMatrixTest::checkLog);

    private static final Path REPORT = Path.of("target/fault-matrix.txt");

    /** The cells mostly wait. */
    private static final int ROWS_AT_A_TIME = 16;

    private static Map<FaultyResponse, Map<Column, String>> matrix;
    private static List<RawHttpServer.Request> redirected;

    @Inject
    PostHogAccounts accounts;

    @BeforeEach
    void runOnce() throws Exception {
        if (matrix == null) {
            try (RawHttpServer elsewhere = new RawHttpServer()) {
                matrix = run(FaultyResponses.all(elsewhere.url()));
                redirected = elsewhere.requests();
            }
            writeReport();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "QUEUE", "SPOOL", "QUEUE_V1" })
    @Tag("FLT-1")
    void noEventIsLost(String column) {
        assertThat(failures(Column.valueOf(column))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "CAPTURE_NOW", "GET", "LIST" })
    @Tag("FLT-2")
    void everyExceptionIsDocumented(String column) {
        assertThat(failures(Column.valueOf(column))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "FLAGS", "DEFINITIONS" })
    @Tag("FLT-3")
    void everyFlagHasAValueInTime(String column) {
        assertThat(failures(Column.valueOf(column))).isEmpty();
    }

    @Test
    @Tag("FLT-4")
    void noRedirectLeadsToAnotherHost() {
        assertThat(redirected).isEmpty();
    }

    private Map<FaultyResponse, Map<Column, String>> run(List<FaultyResponse> rows) throws InterruptedException {
        Map<FaultyResponse, Map<Column, String>> results = new LinkedHashMap<>();
        rows.forEach(row -> results.put(row, new EnumMap<>(Column.class)));
        assertThat(results).as("rows with different names").hasSameSizeAs(rows);
        // Loads the classes, so that it does not count as time that flags take
        new MatrixRow(rows.get(rows.size() - 1), accounts).run(new EnumMap<>(Column.class));
        ExecutorService threads = Executors.newFixedThreadPool(ROWS_AT_A_TIME);
        rows.forEach(row -> threads.execute(() -> new MatrixRow(row, accounts).run(results.get(row))));
        threads.shutdown();
        assertThat(threads.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
        return results;
    }

    private static List<String> failures(Column column) {
        assertThat(matrix).hasSizeGreaterThan(100);
        return matrix.entrySet().stream()
                .filter(row -> !row.getValue().getOrDefault(column, "missing").startsWith(Column.OK))
                .map(row -> printable(row.getKey().name() + ": " + row.getValue().getOrDefault(column, "missing"), 600))
                .toList();
    }

    private static String printable(String text, int length) {
        return text.substring(0, Math.min(length, text.length())).replaceAll("[^ -~]+", " ");
    }

    private static void writeReport() throws IOException {
        StringBuilder report = new StringBuilder(line("", Arrays.stream(Column.values()).map(Column::toString).toList()));
        matrix.forEach((row, cells) -> report.append(line(row.name(), Arrays.stream(Column.values())
                .map(column -> cells.getOrDefault(column, "missing")).toList())));
        for (Column column : Column.values()) {
            failures(column).forEach(failure -> report.append('\n').append(column).append(" with ").append(failure));
        }
        Files.writeString(REPORT, report.append('\n'));
    }

    private static String line(String name, List<String> cells) {
        return String.format("%-52s", printable(name, 52))
                + cells.stream().map(cell -> String.format(" %-24s", printable(cell, 24))).collect(Collectors.joining()) + "\n";
    }

    private static void checkLog(List<LogRecord> records) {
        assertThat(records).isNotEmpty().allSatisfy(record -> {
            StringWriter text = new StringWriter().append(((ExtLogRecord) record).getFormattedMessage());
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(text));
            }
            assertThat(text.toString()).doesNotContain(MatrixRow.KEYS);
        });
    }
}
