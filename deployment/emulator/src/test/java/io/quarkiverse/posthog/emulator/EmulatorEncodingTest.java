package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.CaptureV1Client.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStream;

class EmulatorEncodingTest extends EmulatorTestBase {

    private static final String SINGLE = "{\"api_key\": \"phc_emulator\", \"event\": \"$ai_span\", \"distinct_id\": \"d\"}";
    private static final int TOO_MUCH = 21 * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "deflate", "zstd", "br", "ZSTD" })
    void everyEndpointReadsEveryEncoding(String encoding) throws IOException {
        assertThat(send("/batch/", encoding, packed(encoding, SINGLE)).status()).isEqualTo(200);
        assertThat(send("/i/v0/ai/batch/", encoding, packed(encoding, SINGLE)).status()).isEqualTo(200);
        String batch = "{\"created_at\": \"" + Instant.now() + "\", \"batch\": [" + event(1) + "]}";
        assertThat(new CaptureV1Client(client).with("Content-Encoding", encoding)
                .send(BodyPublishers.ofByteArray(packed(encoding, batch))).status()).isEqualTo(200);
        assertThat(client.control("GET", "/events", null).json()).hasSize(3);
    }

    @Test
    void deflateMayComeWithoutItsWrapping() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            out.write(SINGLE.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(send("/batch/", "deflate", bytes.toByteArray()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "deflate", "zstd", "br" })
    void bombIsRefusedBeforeItGrows(String encoding) throws IOException {
        byte[] bomb = packed(encoding, "a".repeat(TOO_MUCH));
        assertThat(bomb).hasSizeLessThan(TOO_MUCH / 100);
        assertThat(send("/batch/", encoding, bomb).status()).isEqualTo(413);
        assertThat(send("/i/v0/ai/batch/", encoding, bomb).status()).isEqualTo(413);
        var answer = new CaptureV1Client(client).with("Content-Encoding", encoding)
                .send(BodyPublishers.ofByteArray(bomb));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text("error")).isEqualTo("payload_too_large");
    }

    /** A size at which the decoder of Brotli holds back the end. */
    @ParameterizedTest
    @ValueSource(strings = { "gzip", "deflate", "zstd", "br" })
    void fullWindowIsReadToItsEnd(String encoding) throws IOException {
        String body = SINGLE + " ".repeat(4 * 1024 * 1024 - SINGLE.length());
        assertThat(send("/batch/", encoding, packed(encoding, body)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "deflate", "zstd", "br" })
    void truncatedBodyIsRefused(String encoding) throws IOException {
        byte[] packed = packed(encoding, SINGLE);
        assertThat(send("/batch/", encoding, Arrays.copyOf(packed, packed.length / 2)).status()).isEqualTo(400);
        assertThat(send("/batch/", encoding, new byte[0]).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "deflate", "zstd", "br" })
    void bodyThatIsNotWhatItSaysIsRefused(String encoding) {
        byte[] nonsense = "not packed at all".getBytes(StandardCharsets.UTF_8);
        assertThat(send("/batch/", encoding, nonsense).status()).isEqualTo(400);
        var answer = new CaptureV1Client(client).with("Content-Encoding", encoding)
                .send(BodyPublishers.ofByteArray(nonsense));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("request_decoding_error");
    }

    @Test
    void unknownEncodingIsNamed() {
        var answer = send("/batch/", "lz4", new byte[] { 1 });
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).contains("lz4");
    }

    /** An emulator of its own, loaded without the optional libraries. */
    @Test
    void missingLibraryIsNamed() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(withoutLibraries(), ClassLoader.getPlatformClassLoader())) {
            Class<?> options = loader.loadClass(EmulatorOptions.class.getName());
            Class<?> type = loader.loadClass(PostHogEmulator.class.getName());
            Object lonely = type.getMethod("start", options).invoke(null, options.getMethod("defaults").invoke(null));
            try {
                var lonelyClient = new EmulatorClient((String) type.getMethod("baseUrl").invoke(lonely), null);
                var zstd = lonelyClient.sendBody("POST", "/batch/",
                        BodyPublishers.ofByteArray(packed("zstd", SINGLE)), Map.of("Content-Encoding", "zstd"));
                assertThat(zstd.status()).isEqualTo(415);
                assertThat(zstd.body()).contains("com.github.luben:zstd-jni");
                var brotli = new CaptureV1Client(lonelyClient).with("Content-Encoding", "br")
                        .send(BodyPublishers.ofByteArray(packed("br", SINGLE)));
                assertThat(brotli.status()).isEqualTo(415);
                assertThat(brotli.text("error_description")).contains("com.aayushatharva.brotli4j:brotli4j");
            } finally {
                type.getMethod("close").invoke(lonely);
            }
        }
    }

    private static URL[] withoutLibraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("zstd-jni") && !entry.contains("brotli4j")).map(entry -> {
                    try {
                        return new File(entry).toURI().toURL();
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException(entry, e);
                    }
                }).toArray(URL[]::new);
    }

    private EmulatorClient.Answer send(String path, String encoding, byte[] body) {
        return client.sendBody("POST", path, BodyPublishers.ofByteArray(body), Map.of("Content-Encoding", encoding));
    }

    static byte[] packed(String encoding, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Brotli4jLoader.ensureAvailability();
        try (OutputStream out = switch (encoding) {
            case "gzip" -> new GZIPOutputStream(bytes);
            case "deflate" -> new DeflaterOutputStream(bytes);
            case "br" -> new BrotliOutputStream(bytes, new Encoder.Parameters().setQuality(4));
            default -> new ZstdOutputStream(bytes);
        }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
