package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which web pages and hosts the emulator accepts. */
class EmulatorOriginTest extends EmulatorTestBase {

    private static final String KEY = "Authorization: Bearer phx_emulator";
    private static final String TEXT = "Content-Type: text/plain";
    private static final String JSON = "Content-Type: application/json";
    private static final String EVENT = "{\"api_key\": \"phc_emulator\", \"event\": \"viewed\", \"distinct_id\": \"user-1\"}";
    private static final String FLAGS = "{\"token\": \"phc_emulator\", \"distinct_id\": \"user-1\"}";
    private static final String V1 = "{\"created_at\": \"2026-01-01T00:00:00Z\", \"batch\": []}";
    private static final String LOOPBACK_PAGE = "Origin: http://localhost:8080";

    private RawClient raw;
    private String host;

    @BeforeEach
    void connect() {
        raw = new RawClient(emulator.port());
        host = "Host: localhost:" + emulator.port();
        client.control("PUT", "/flags/beta", "{\"value\": true}");
        client.control("POST", "/faults", "{\"path\": \"/\", \"status\": 418}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost", "localhost:9137", "LocalHost:80", "localhost.", "localhost.:9137", "localhost:",
            "app.localhost", "a.b-c.localhost.", "127.0.0.1", "127.0.0.1:9137", "127.255.9.8", "[::1]", "[::1]:9137",
            "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]:80", "[::FFFF:7f00:1]" })
    void loopbackHostsAreAllowed(String name) {
        assertThat(raw.send("GET", "/_emulator/", "", "Host: " + name).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("otherHosts")
    @Tag("EMU-2")
    void otherHostsAreRejectedWhateverTheEndpoint(String name) {
        for (Call call : calls()) {
            var response = raw.send(call.method, call.target, call.body, "Host: " + name, KEY, JSON);
            // Vert.x itself rejects what is not a host at all
            assertThat(response.status()).as("%s as %s", call, name).isIn(400, 403);
            if (response.status() == 403) {
                assertThat(response.body()).contains("devservices.allowed-hosts").contains("permission_denied");
            }
        }
        nothingHappened();
    }

    static List<String> otherHosts() {
        return List.of("evil.example", "evil.example:9137", "localhost.evil.example", "evil-localhost", "notlocalhost",
                "localhost.evil", ".localhost", "a..localhost", "localhost..", "127.0.0.1.nip.io", "127.0.0.1.evil.example",
                "127.0.0.256", "127.0.0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "0.0.0.0:9137", "[::]",
                "[::2]", "[fe80::1]", "[::1%25lo]", "[::1", "::1", "10.0.0.1", "192.168.1.5:8080", "128.0.0.1",
                "user@localhost", "localhost@evil.example", "localhost:80@evil.example", "localhost#evil.example",
                "evil.example#localhost", "evil.example/localhost", "localhost evil.example", "localhost,evil.example",
                "localhost:port", "localhost:70000", "localhost:-1", "localhost:80:80", "%6cocalhost", "", "*",
                "host.docker.internal", "emulator.test");
    }

    @Test
    void aRequestNamesExactlyOneHost() {
        assertThat(raw.sendLine("GET /_emulator/ HTTP/1.0", "").status()).isEqualTo(403);
        assertThat(raw.send("GET", "/_emulator/", "").status()).isBetween(400, 403);
        assertThat(raw.send("GET", "/_emulator/", "", host, "Host: evil.example").status()).isBetween(400, 403);
        assertThat(raw.send("GET", "/_emulator/", "", "Host: evil.example", host).status()).isBetween(400, 403);
        assertThat(raw.send("GET", "/_emulator/", "", host, host).status()).isBetween(400, 403);
    }

    @Test
    void aRequestWithoutAHostIsNotLoggedAsAnError() {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        Logger logger = Logger.getLogger("io.vertx");
        logger.addHandler(handler);
        try {
            var response = raw.send("GET", "/_emulator/", "");
            assertThat(response.status()).isEqualTo(400);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(records).extracting(LogRecord::getMessage).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "http://localhost:80/_emulator/,200", "HTTP://127.0.0.1/_emulator/,200",
            "http://evil.example/_emulator/,403", "http://localhost@evil.example/_emulator/,403",
            "http://evil.example?x=http://localhost/_emulator/,403", "http:///_emulator/,403",
            "https://evil.example/_emulator/,403", "ftp://localhost/_emulator/,403" })
    void theHostOfAnAbsoluteTargetHasToBeAllowed(String target, int status) {
        assertThat(raw.send("GET", target, "", host).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @MethodSource("foreignOrigins")
    @Tag("EMU-1")
    void pagesOfOtherOriginsCanDoNothing(String origin) {
        for (Call call : calls()) {
            for (String type : List.of(TEXT, JSON)) {
                var response = raw.send(call.method, call.target, call.body, host, "Origin: " + origin, KEY, type);
                assertThat(response.status()).as("%s from %s", call, origin).isEqualTo(403);
                assertThat(response.header("Access-Control-Allow-Origin")).isEmpty();
            }
            var preflight = raw.send("OPTIONS", call.target, "", host, "Origin: " + origin,
                    "Access-Control-Request-Method: " + call.method);
            assertThat(preflight.status()).isEqualTo(403);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        }
        nothingHappened();
    }

    static List<String> foreignOrigins() {
        return List.of("http://evil.example", "https://evil.example", "http://evil.example:80", "null", "NULL", "", " ", "*",
                "http://localhost.evil.example", "http://evil-localhost:8080", "http://127.0.0.1.nip.io",
                "http://localhost@evil.example", "http://evil.example#localhost", "http://evil.example/localhost",
                "http://localhost/", "http://localhost:8080/page", "http://user@localhost", "http://localhost:8080,http://evil",
                "http://localhost http://evil.example", "http://0.0.0.0:8080", "http://[::]:8080", "http://192.168.1.5:8080",
                "http://localhost:70000", "localhost:8080", "//localhost:8080", "file://", "file://localhost",
                "chrome-extension://localhost", "capacitor://localhost", "javascript://localhost", "ws://localhost:8080",
                "data:text/html,localhost", "http://", "http://[::1", "http://emulator.test");
    }

    @Test
    void severalOriginsAreForeign() {
        var response = raw.send("POST", "/batch/", EVENT, host, LOOPBACK_PAGE, "Origin: http://localhost:8080");
        assertThat(response.status()).isEqualTo(403);
        nothingHappened();
    }

    @ParameterizedTest
    @MethodSource("loopbackOrigins")
    @Tag("EMU-3")
    void pagesOfLoopbackOriginsCanSendEventsAndEvaluateFlagsOnly(String origin) {
        client.control("DELETE", "/faults", null);
        for (Call call : calls()) {
            var response = raw.send(call.method, call.target, call.body, host, "Origin: " + origin, KEY, TEXT,
                    "Sec-Fetch-Site: cross-site");
            if (call.open) {
                assertThat(response.status()).as("%s from %s", call, origin).isNotEqualTo(403);
                assertThat(response.header("Access-Control-Allow-Origin")).contains(origin);
                assertThat(response.header("Vary")).contains("Origin");
            } else {
                assertThat(response.status()).as("%s from %s", call, origin).isEqualTo(403);
                assertThat(response.header("Access-Control-Allow-Origin")).isEmpty();
            }
        }
        assertThat(client.control("GET", "/events", null).json()).isNotEmpty();
    }

    static List<String> loopbackOrigins() {
        return List.of("http://localhost", "http://localhost:8080", "https://localhost:8443", "http://LOCALHOST:3000",
                "http://localhost.:8080", "http://shop.localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080");
    }

    @Test
    void aPageOfALoopbackOriginReadsItsFlags() {
        client.control("DELETE", "/faults", null);
        var response = raw.send("POST", "/flags/?v=2", FLAGS, host, LOOPBACK_PAGE, JSON);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("beta");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void onlyPostsToOpenPathsPassAPreflight(Call call) {
        var response = raw.send("OPTIONS", call.target, "", host, LOOPBACK_PAGE,
                "Access-Control-Request-Method: " + call.method, "Access-Control-Request-Headers: content-type,x-other");
        boolean open = OPEN_PATHS.stream().anyMatch(path -> call.target.split("\\?")[0].equals(path));
        assertThat(response.status()).isEqualTo(open ? 204 : 403);
        assertThat(response.header("Access-Control-Allow-Methods").isPresent()).isEqualTo(open);
        if (open) {
            assertThat(response.header("Access-Control-Allow-Methods")).contains("POST");
            assertThat(response.header("Access-Control-Allow-Headers")).contains("content-type,x-other");
        }
        nothingHappened();
    }

    @Test
    void aPageCanReadTheResponseOfAFault() {
        var response = raw.send("POST", "/batch/", EVENT, host, LOOPBACK_PAGE, TEXT);
        assertThat(response.status()).isEqualTo(418);
        assertThat(response.header("Access-Control-Allow-Origin")).contains("http://localhost:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/batch/../_emulator/reset", "/batch/%2e%2e/_emulator/reset", "//_emulator/reset",
            "/%5femulator/reset", "/./_emulator/reset", "/_emulator//reset", "/_emulator/reset/", "/_emulator/reset?x=/batch/",
            "/batch/;/../../_emulator/reset", "/_emulator/reset#/batch/" })
    void otherNotationsOfAClosedPathAreClosed(String target) {
        assertThat(raw.send("POST", target, "", host, LOOPBACK_PAGE).status()).isEqualTo(403);
        nothingHappened();
    }

    @Test
    void theEmulatorsOwnPageMayDoEverything() {
        String own = "Origin: http://localhost:" + emulator.port();
        assertThat(raw.send("POST", "/_emulator/reset", "", host, own).status()).isEqualTo(200);
        assertThat(raw.send("POST", "/_emulator/reset", "", host, own.replace("localhost", "127.0.0.1")).status())
                .isEqualTo(403);
        assertThat(raw.send("POST", "/_emulator/reset", "", host, own.replace("http:", "https:")).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({ "cross-site", "same-site", "Cross-Site", "something-new" })
    void pagesCannotCauseRequestsWithoutOriginEither(String site) {
        for (Call call : calls()) {
            var response = raw.send("GET", call.target, "", host, KEY, "Sec-Fetch-Site: " + site, "Sec-Fetch-Dest: image");
            assertThat(response.status()).as(call.toString()).isEqualTo(403);
        }
        nothingHappened();
    }

    @ParameterizedTest
    @CsvSource({ "/,none,document,200", "/,same-origin,document,200", "/,same-site,document,200", "/,cross-site,document,200",
            "/,cross-site,iframe,403", "/,cross-site,empty,403", "/_emulator/,none,document,200",
            "/_emulator/,same-origin,document,200", "/_emulator/,cross-site,document,403" })
    void pagesCanLinkToTheStartPageOnly(String target, String site, String destination, int status) {
        var response = raw.send("GET", target, "", host, "Sec-Fetch-Site: " + site, "Sec-Fetch-Dest: " + destination);
        assertThat(response.status()).isEqualTo(status);
    }

    @Test
    void noPageCanEmbedAResponse() {
        var response = raw.send("GET", "/_emulator/", "", host);
        assertThat(response.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.header("Cross-Origin-Resource-Policy")).contains("same-origin");
    }

    @Test
    void webSocketsAreNotAWayIn() {
        var response = raw.send("GET", "/_emulator/events", "", host, "Origin: http://evil.example", "Upgrade: websocket",
                "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(response.status()).isEqualTo(403);
    }

    @Test
    void programsNeedNoOrigin() {
        client.control("DELETE", "/faults", null);
        assertThat(raw.send("POST", "/batch/", EVENT, host, TEXT).status()).isEqualTo(200);
        assertThat(raw.send("GET", "/api/projects/1/events/", "", host, KEY).status()).isEqualTo(200);
        assertThat(raw.send("POST", "/_emulator/reset", "", host).status()).isEqualTo(200);
    }

    @Test
    @Tag("EMU-2")
    void configuredHostsAreAllowed() {
        var options = EmulatorOptions.defaults()
                .withAllowedHosts(List.of("emulator.test", "Docker.Internal.", " ", "10.0.0.7", "[fd00::1]", "fd00::2"));
        try (PostHogEmulator other = PostHogEmulator.start(options)) {
            RawClient toOther = new RawClient(other.port());
            for (String name : List.of("emulator.test", "EMULATOR.TEST.:9137", "docker.internal", "10.0.0.7:1", "[fd00::1]:80",
                    "[fd00::2]", "localhost")) {
                assertThat(toOther.send("GET", "/_emulator/", "", "Host: " + name).status()).as(name).isEqualTo(200);
            }
            for (String name : List.of("sub.emulator.test", "emulator.test.evil", "test", "10.0.0.8")) {
                assertThat(toOther.send("GET", "/_emulator/", "", "Host: " + name).status()).as(name).isEqualTo(403);
            }
            // The host is the address of the emulator, and no reason to trust other pages of that host
            assertThat(toOther.send("POST", "/batch/", EVENT, "Host: emulator.test:1", "Origin: http://emulator.test:2")
                    .status()).isEqualTo(403);
            assertThat(toOther.send("POST", "/_emulator/reset", "", "Host: emulator.test:1", "Origin: http://emulator.test:1")
                    .status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "*", "*.test", "http://emulator.test", "emulator.test:8080", "emulator test", "a/b", "[::1]:80" })
    void whatIsNotAHostCannotBeAllowed(String host) {
        var options = EmulatorOptions.defaults().withAllowedHosts(List.of(host));
        assertThatThrownBy(() -> PostHogEmulator.start(options)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + host + "'").hasMessageContaining("devservices.allowed-hosts");
    }

    /** The fault still waits, no request is recorded, and no data has changed. */
    private void nothingHappened() {
        assertThat(client.control("GET", "/faults", null).json()).hasSize(1);
        assertThat(client.control("GET", "/requests", null).json()).isEmpty();
        assertThat(client.control("GET", "/events", null).json()).isEmpty();
        assertThat(client.control("GET", "/persons", null).json()).isEmpty();
        assertThat(client.control("GET", "/flags", null).json()).isNotEmpty();
    }

    private static final List<String> OPEN_PATHS = List.of("/batch/", "/capture/", "/e/", "/track/", "/engage/", "/i/v0/e/",
            "/i/v0/ai/batch/", "/i/v1/analytics/events", "/flags/", "/decide/");

    /** @param open whether a page of a loopback origin may make it */
    record Call(String method, String target, String body, boolean open) {
    }

    static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        OPEN_PATHS.forEach(path -> {
            String body = path.equals("/flags/") || path.equals("/decide/") ? FLAGS : path.startsWith("/i/v1") ? V1 : EVENT;
            calls.add(new Call("POST", path, body, true));
            calls.add(new Call("POST", path + "?v=2", body, true));
            calls.add(new Call("GET", path, "", false));
            calls.add(new Call("PUT", path, body, false));
        });
        Stream.of("/_emulator", "/_emulator/", "/_emulator/requests", "/_emulator/events", "/_emulator/persons",
                "/_emulator/groups", "/_emulator/settings", "/_emulator/flags", "/_emulator/faults", "/api/projects/@current/",
                "/api/projects/1/events/", "/api/environments/1/persons/", "/api/users/@me/", "/flags/definitions",
                "/flags/definitions?token=phc_emulator", "/api/feature_flag/local_evaluation/", "/api/nothing", "/nothing")
                .forEach(path -> calls.add(new Call("GET", path, "", false)));
        Stream.of("/_emulator/reset", "/_emulator/seed", "/_emulator/undo", "/api/projects/1/query/")
                .forEach(path -> calls.add(new Call("POST", path, "{}", false)));
        Stream.of("/_emulator/requests", "/_emulator/events", "/_emulator/flags", "/_emulator/faults")
                .forEach(path -> calls.add(new Call("DELETE", path, "", false)));
        calls.add(new Call("POST", "/_emulator/events", "[" + EVENT + "]", false));
        calls.add(new Call("POST", "/_emulator/persons", "{\"count\": 3}", false));
        calls.add(new Call("POST", "/_emulator/keys", "{\"key\": \"phx_evil\"}", false));
        calls.add(new Call("PUT", "/_emulator/settings", "{\"cloud\": false}", false));
        calls.add(new Call("PUT", "/_emulator/flags/beta", "{\"value\": false}", false));
        calls.add(new Call("POST", "/_emulator/faults", "{\"path\": \"/batch\", \"status\": 500}", false));
        calls.add(new Call("POST", "/api/projects/1/feature_flags/", "{\"key\": \"evil\"}", false));
        calls.add(new Call("PATCH", "/api/projects/1/feature_flags/1/", "{\"active\": false}", false));
        return calls;
    }
}
