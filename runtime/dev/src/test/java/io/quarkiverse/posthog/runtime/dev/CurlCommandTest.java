package io.quarkiverse.posthog.runtime.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;

class CurlCommandTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final UUID ID = UUID.fromString("0191c0de-0000-7000-8000-000000000001");

    @Test
    void theShellPutsTheTokenInAndChangesNothingElse() throws Exception {
        CaptureEvent event = CaptureEvent.of("it's $HOME", "zoe").property("note", "a \"quote\", a ' and a \\").uuid(ID);
        String command = new CurlCommand(MAPPER).of(URI.create("http://localhost:1"), event);

        assertThat(command).startsWith("curl 'http://localhost:1/i/v0/e/' ");
        JsonNode body = MAPPER.readTree(argumentsOf(command)[4]);
        assertThat(body.path("api_key").asText()).isEqualTo("phc_of_the_shell");
        assertThat(body.path("event").asText()).isEqualTo("it's $HOME");
        assertThat(body.path("uuid").asText()).isEqualTo(ID.toString());
        assertThat(body.path("properties").path("note").asText()).isEqualTo("a \"quote\", a ' and a \\");
    }

    /** As a shell takes the command apart. */
    private static String[] argumentsOf(String command) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command.replaceFirst("^curl", "printf '%s\\\\n'"));
        shell.environment().put("QUARKUS_POSTHOG_PROJECT_API_KEY", "phc_of_the_shell");
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.split("\n");
    }
}
