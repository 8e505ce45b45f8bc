package org.acme.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;

/** A broker in processes of its own, which keeps its data when it is killed and started again. */
abstract class Broker {

    final Path directory;
    final int port = freePort();
    private Process process;

    Broker() {
        try {
            directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "broker");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration of the application that captures. */
    abstract Map<String, String> producer();

    /** The configuration of the application that delivers. */
    abstract Map<String, String> consumer();

    /** What the application that delivers logs when it can receive messages. */
    abstract String consumerReady();

    /** Whether the connector can end the channel of the application that delivers, after the broker was killed. */
    boolean endsConsumers() {
        return false;
    }

    abstract Process launch() throws IOException;

    void start() throws IOException {
        process = launch();
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200)).until(() -> accepts(port));
    }

    /** Ends the broker without any warning. */
    void kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        children.forEach(child -> child.onExit().join());
    }

    void close() throws IOException, InterruptedException {
        kill();
    }

    static Process run(Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
