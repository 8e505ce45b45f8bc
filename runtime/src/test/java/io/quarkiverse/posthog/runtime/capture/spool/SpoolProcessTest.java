package io.quarkiverse.posthog.runtime.capture.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.posthog.runtime.capture.spool.SpoolOptions.Fsync;

/** Several processes, and one that is killed. */
@Timeout(60)
class SpoolProcessTest extends SpoolFixture {

    /** Appends numbers to the spool of the directory, and prints each of them when it is in there. */
    static final class Child implements Spool.Listener {

        public static void main(String... args) throws IOException {
            Spool spool = Spool.open(new SpoolOptions(Path.of(args[0]), Fsync.NEVER, Long.MAX_VALUE, 10_000, null),
                    InstantSource.system(), new Child());
            for (long i = 1;; i++) {
                long sequence = spool.append(String.valueOf(i).getBytes(UTF_8), 0);
                System.out.println(sequence + " " + i);
            }
        }

        @Override
        public void damaged(Path file, long position, long skippedBytes) {
            throw new AssertionError("damaged");
        }
    }

    private Path output;

    @BeforeEach
    void outputIsAFile() throws IOException {
        output = Files.createFile(directory.resolve("output"));
    }

    private Process start() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Child.class.getName(), directory.toString())
                .redirectOutput(output.toFile()).redirectErrorStream(true).start();
    }

    @Test
    @Tag("SPL-2")
    void whatWasAppendedSurvivesAKill() throws Exception {
        Process child = start();
        try {
            while (Files.size(output) < 50_000) {
                assertThat(child.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertThatExceptionOfType(SpoolException.class).isThrownBy(this::open).withMessageContaining("in use");
        } finally {
            child.destroyForcibly().waitFor();
        }

        // The last line may have been cut off, and the JVM may have had something to say as well
        List<String> lines = Files.readAllLines(output);
        List<String> whole = lines.subList(0, lines.size() - 1).stream()
                .filter(line -> line.matches("\\d+ \\d+")).toList();
        assertThat(whole).isNotEmpty();
        open();
        List<String> survived = spool.read(Integer.MAX_VALUE, Long.MAX_VALUE).records().stream()
                .map(record -> record.sequence() + " " + new String(record.payload(), UTF_8)).toList();
        assertThat(survived).hasSizeGreaterThanOrEqualTo(whole.size());
        assertThat(survived.subList(0, whole.size())).isEqualTo(whole);
    }

    @Test
    void anotherProcessIsRefusedEvenAfterThisOneWas() throws Exception {
        open();
        assertThatExceptionOfType(SpoolException.class)
                .isThrownBy(() -> Spool.open(options(LARGE, LARGE), clock, this)).withMessageContaining("in use");
        Process child = start();
        try {
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isNotZero();
            assertThat(output).content().contains("in use");
        } finally {
            child.destroyForcibly();
        }
    }
}
