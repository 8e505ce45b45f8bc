package io.quarkiverse.posthog.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Redis server for a test class, on a free port. If Redis is not installed, the tests are skipped.
 * <p>
 * Test classes are loaded twice, outside and inside of the application. Only the outer class starts the server, and the
 * system property {@value #URL} contains its URL.
 */
public final class RedisServer implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

    static final String URL = "posthog.redis.url";

    private static final String BINARY = "redis-server";

    private int port;
    private Process process;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return isInstalled() ? ConditionEvaluationResult.enabled(null)
                : ConditionEvaluationResult.disabled(
                        BINARY + " is not on the PATH; install it with: apt-get install " + BINARY);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        port = freePort();
        System.setProperty(URL, url());
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        stop();
    }

    public void start() throws IOException {
        process = new ProcessBuilder(BINARY, "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly",
                "no")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::answers);
    }

    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, BINARY)));
    }

    static int freePort() {
        try (ServerSocket server = new ServerSocket(0)) {
            return server.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
