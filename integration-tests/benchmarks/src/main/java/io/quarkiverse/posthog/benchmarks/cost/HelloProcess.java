package io.quarkiverse.posthog.benchmarks.cost;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A compared application in its own process. */
final class HelloProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");
    private static final int TIMEOUT_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final int port;

    private HelloProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts the application and waits for its first response. */
    static HelloProcess start(Path runner) throws Exception {
        int port = freePort();
        Path log = Files.createTempFile("hello", ".log");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-Dquarkus.http.port=" + port, "-jar", runner.toString()))
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        HelloProcess hello = new HelloProcess(process, log, port);
        hello.awaitResponse();
        return hello;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitResponse() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        // It responds shortly before it logs that it has started
        while (!isListening() || !STARTED.matcher(Files.readString(log)).find()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("The application does not start: " + Files.readString(log));
            }
            Thread.sleep(5);
        }
        HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri("/hello"))
                .timeout(Duration.ofSeconds(TIMEOUT_SECONDS)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("The application responds with status " + response.statusCode());
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** Returns the startup time that the application logs. */
    double startMillis() throws IOException {
        Matcher started = STARTED.matcher(Files.readString(log));
        return started.find() ? Double.parseDouble(started.group(1)) * 1000 : Double.NaN;
    }

    double residentMegabytes() throws IOException {
        return status("VmRSS") / 1024.0;
    }

    long threads() throws IOException {
        return status("Threads");
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst().orElseThrow();
    }

    /** Returns the number of connections that the application has opened. */
    long connections() throws IOException {
        // Connections of the server have its port as the local port
        String mine = ":%04X".formatted(port);
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "net", "tcp")).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[2].endsWith(":0009") && !columns[1].endsWith(mine))
                .count();
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }
}
