package io.quarkiverse.posthog.test.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** A server whose response is not HTTP, or not a status of HTTP, and which responds correctly afterwards. */
class MalformedResponsesTest {

    private static final String PAGE = "<!DOCTYPE html><html>busy</html>\r\n\r\n";
    private static final String NO_STATUS = "HTTP/1.1 0 Odd\r\nContent-Length: 13\r\n\r\n{\"status\": 1}";
    private static final String CUT_OFF = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"results\": {";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application();

    @Inject
    PostHogAccounts accounts;

    @ParameterizedTest
    @CsvSource({ "v0, false", "v0, true", "v1, false", "v1, true" })
    @Tag("RTQ-16")
    void costNoEvent(String protocol, boolean spool) throws IOException {
        for (String response : List.of(PAGE, NO_STATUS, CUT_OFF)) {
            try (Server server = new Server(response)) {
                AccountSettings settings = AccountSettings.create().host(URI.create(server.url()))
                        .projectApiKey(PostHogStub.PROJECT_KEY).set("capture.protocol", protocol)
                        .set("capture.retry.initial-delay", "20ms").set("capture.shutdown-timeout", "0s");
                PostHog posthog = accounts.open("opened", spool
                        ? settings.set("capture.spool.directory", Files.createTempDirectory("spool").toString())
                        : settings);
                try {
                    for (int i = 1; i <= 5; i++) {
                        posthog.capture(CaptureEvent.of("" + i, "zoey"));
                    }
                    posthog.flush().await().atMost(Duration.ofSeconds(10));
                    Awaitility.await().until(() -> posthog.captureStatus().queued() == 0);

                    assertThat(posthog.captureStatus().delivered()).isEqualTo(5);
                    assertThat(posthog.captureStatus().totalDropped()).isZero();
                    assertThat(server.batches).hasSize(2).allSatisfy(
                            batch -> assertThat(batch).containsExactly("1", "2", "3", "4", "5"));
                } finally {
                    accounts.close("opened");
                }
            }
        }
    }

    /** Responds to the first request with the bytes it is given, closes that connection, and accepts all other requests. */
    private static final class Server implements Closeable {

        private static final String ACCEPTED = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 28\r\n\r\n"
                + "{\"status\": 1, \"results\": {}}";

        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        /** The names of the events of each request. */
        private final List<List<String>> batches = new CopyOnWriteArrayList<>();
        private final String first;

        Server(String first) throws IOException {
            this.first = first;
            Thread server = new Thread(this::serve, "malformed responses");
            server.setDaemon(true);
            server.start();
        }

        String url() {
            return "http://localhost:" + socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    InputStream in = new BufferedInputStream(connection.getInputStream());
                    batches.add(names(body(in)));
                    connection.getOutputStream()
                            .write((batches.size() == 1 ? first : ACCEPTED).getBytes(StandardCharsets.US_ASCII));
                    connection.getOutputStream().flush();
                } catch (IOException e) {
                    if (!socket.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }

        private static byte[] body(InputStream in) throws IOException {
            int length = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.toLowerCase().startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            return in.readNBytes(length);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
                line.append((char) c);
            }
            return line.toString().strip();
        }

        private static List<String> names(byte[] body) throws IOException {
            List<String> names = new ArrayList<>();
            JsonNode json = new ObjectMapper().readTree(new GZIPInputStream(new ByteArrayInputStream(body)));
            json.path("batch").forEach(event -> names.add(event.path("event").asText()));
            return names;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
