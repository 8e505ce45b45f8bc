package io.quarkiverse.posthog.redis;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/** An instance of the application in its own process, which logs to {@code target/instances}. */
final class Instance implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = RedisServer.freePort();
    private final Process process;

    private Instance(String name, Path jar, Map<String, String> configuration) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port,
                        "-Dquarkus.posthog.headers." + DefinitionsServer.INSTANCE + "=" + name));
        configuration.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        Path log = Files.createDirectories(Path.of("target", "instances")).resolve(name + "-" + port + ".log");
        this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Starts one, and waits until it answers requests. */
    static Instance start(String name, Path jar, Map<String, String> configuration) throws IOException {
        Instance instance = new Instance(name, jar, configuration);
        Awaitility.await().atMost(PATIENCE).ignoreException(ConnectException.class).until(() -> {
            if (!instance.process.isAlive()) {
                throw new IllegalStateException(name + " ended with " + instance.process.exitValue());
            }
            return instance.get("none") != null;
        });
        return instance;
    }

    boolean isOn(String flag) throws IOException, InterruptedException {
        return Boolean.parseBoolean(get(flag));
    }

    private String get(String flag) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/flags/" + flag)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    /** It disappears without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** It is told to end, and does. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
