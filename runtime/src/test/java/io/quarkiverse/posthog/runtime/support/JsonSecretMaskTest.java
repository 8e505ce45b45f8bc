package io.quarkiverse.posthog.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

@Tag("API-8")
class JsonSecretMaskTest {

    private static String mask(String json) {
        try {
            return JsonSecretMask.mask(new ObjectMapper().readTree(json)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "api_token", "secret_api_token", "secret_api_token_backup", "live_events_token", "password",
            "aws_secret_access_key", "aws_access_key_id", "apiKey", "API-Key", "personal_api_key", "private_key",
            "clientSecret",
            "refresh_token", "credentials", "slack_incoming_webhook", "Authorization", "connection_string", "cookie" })
    void fieldsWithTheNameOfASecretAreMasked(String name) {
        assertThat(mask("{\"" + name + "\": \"hidden\", \"name\": \"Shop\"}"))
                .isEqualTo("{\"" + name + "\":\"***\",\"name\":\"Shop\"}");
        assertThat(mask("{\"" + name + "\": {\"a\": [\"hidden\", {\"b\": \"hidden\"}]}}")).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = { "phc_abc", "phx_0123456789abcdef", "phs_a-b_c", "pha_xyz", "phr_xyz" })
    void keysAreMaskedInAnyText(String key) {
        assertThat(mask("{\"note\": \"use " + key + ", please\", \"list\": [\"" + key + "\"], \"" + key + "\": 1}"))
                .isEqualTo("{\"note\":\"use ***, please\",\"list\":[\"***\"],\"***\":1}");
        assertThat(mask("\"{\\\"key\\\": \\\"" + key + "\\\"}\"")).doesNotContain(key);
        assertThat(mask("\"\\u0070" + key.substring(1) + "\"")).isEqualTo("\"***\"");
    }

    @Test
    void otherValuesAreKept() {
        String json = "{\"has_password\":true,\"tokens\":1200,\"token\":null,\"secret\":\"\",\"alphc_x\":\"graph_x\",\"n\":[1.5]}";

        assertThat(mask(json)).isEqualTo(json);
    }
}
