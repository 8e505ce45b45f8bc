package org.acme.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/** A broker in processes of its own, which keeps its data when it is killed and started again. */
abstract class Broker {

    static final String CONSUMER_LOG = "consumer.log";
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path APPLICATION = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

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

    static Map<String, String> properties(String lines) {
        return lines.lines().map(line -> line.split("=", 2)).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** The configuration of the application that captures. */
    abstract Map<String, String> producer();

    /** The configuration of the application that delivers. */
    abstract Map<String, String> consumer();

    /** What the application that delivers logs when it can receive messages. */
    abstract String consumerReady();

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

    /** Starts the application that delivers the events of the broker. */
    Process startConsumer(String postHog, List<String> options) throws IOException {
        assertThat(APPLICATION).exists();
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(jvmOptions());
        command.add("-Dquarkus.posthog.host=" + postHog);
        consumer().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(options);
        command.addAll(List.of("-jar", APPLICATION.toString()));
        return run(directory.resolve(CONSUMER_LOG), Map.of(), command);
    }

    /** Without the optimizing compiler, which takes more time than it saves, unless something is measured. */
    static List<String> jvmOptions() {
        return Boolean.getBoolean(FleetFigures.ENABLED) ? List.of("-Xmx512m") : List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");
    }

    Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
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
