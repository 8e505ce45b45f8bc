package io.quarkiverse.posthog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Texts that take a parser long, or deep into the stack, if it takes more than linear time or calls itself. */
public final class LongTexts {

    /** CPU time for one text: linear parsers need some milliseconds, quadratic ones minutes. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Smaller than the stack of an event loop, which is never empty. */
    private static final int STACK = 400 << 10;

    private static final List<String> TOKENS = List.of("<", ">", "<a", "&", "=", "&=", "%", "%41", "?", "#", "{", "}", "[", "]",
            "(", ")", "()", "'", "''", "\"", "`", "\\", "\\\\", "\\d", "/", "/*", "*/", "*", "--", ";", ":", ",", ".", "-", "+",
            " ", "\t", "\n", "\r\n", "\0", "0", "9", "1.", "e9", "-1", "a", "A", "v", "aA", "a.b", "limit ", "limit(", "{1,9}",
            "{0,1000}", "(a", "a)", "(?:", "a|", ".*", "(.*)", "a?", "[a-z]", "\u00e9", "\ud83d\ude00", "\ud800");

    private LongTexts() {
    }

    /** Something that reads text. */
    public interface Parser {

        void parse(String text) throws Exception;
    }

    /**
     * Parses each token repeated up to this many characters, alone and with something before and after it.
     *
     * @param documented the only exceptions that the parser may throw
     */
    @SafeVarargs
    public static void parse(int size, Parser parser, Class<? extends Exception>... documented) {
        for (String token : TOKENS) {
            String text = token.repeat(size / token.length());
            for (String variant : List.of(text, "('" + text + "!")) {
                inLinearTime("'" + token + "' repeated, after '" + variant.charAt(0) + "'", () -> {
                    parser.parse(variant);
                    return null;
                }, documented);
            }
        }
    }

    /** Runs it in a thread with a small stack, and returns its result; null for a documented exception. */
    @SafeVarargs
    public static <T> T inLinearTime(String name, Callable<T> work, Class<? extends Exception>... documented) {
        List<Throwable> failures = new ArrayList<>();
        long[] cpu = new long[1];
        FutureTask<T> task = new FutureTask<>(() -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long start = threads.getCurrentThreadCpuTime();
            try {
                return work.call();
            } catch (Throwable e) {
                failures.add(e);
                return null;
            } finally {
                cpu[0] = threads.getCurrentThreadCpuTime() - start;
            }
        });
        Thread thread = new Thread(null, task, "parsing", STACK);
        thread.setDaemon(true);
        thread.start();
        T result;
        try {
            result = task.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(name + " takes too long: " + List.of(thread.getStackTrace()), e);
        }
        assertThat(failures).as(name).allMatch(failure -> List.of(documented).stream().anyMatch(it -> it.isInstance(failure)));
        assertThat(Duration.ofNanos(cpu[0])).as(name).isLessThan(LIMIT);
        return result;
    }
}
