package io.quarkiverse.posthog.runtime.functions.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AGT-9")
class MasksTest {

    private final Masks masks = new Masks(text -> text, true);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "name | jane.doe+x@example.co.uk | [email masked]",
            "text | Mail to jane@example.com, please | Mail to [email masked], please",
            "$current_url | https://acme.com/?email=jane%40example.com&a=1 | https://acme.com/?email=[email masked]&a=1",
            "text | a@b.io,c@d.io; e@f | [email masked],[email masked]; e@f",
            "$current_url | /?email=jane%2Bx%40example.com | /?email=[email masked]",
            "text | Jane <JANE@EXAMPLE.COM>; joe@müller.example | Jane <[email masked]>; [email masked]",
            "Email | not an address | [email masked]",
            "contactEmail | x | [email masked]",
            "phone | 0151 2345678 | [phone masked]",
            "note | call +49 151 2345-6789 now | call [phone masked] now",
            "$ip | 203.0.113.7 | [IP masked]",
            "remote_addr | internal | [IP masked]",
            "note | from 203.0.113.7 at 10:20 | from [IP masked] at 10:20",
            "note | 2001:db8::8a2e:370:7334 | [IP masked]",
            "note | 2001:0db8:85a3:0000:0000:8a2e:0370:7334 | [IP masked]" })
    void personalDataIsMasked(String name, String text, String expected) {
        assertThat(masks.text(name, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "$browser_version | 120.0.0.0",
            "$device_type | Mobile",
            "$os | Mac OS X 10.15.7",
            "phone | iPhone 15",
            "timestamp | 2026-04-01T10:20:30.123Z",
            "note | std::vector, 10:20:30",
            "mac | 00:1A:2B:3C:4D:5E",
            "price | +49.99",
            "zip | 12345",
            "id | 0190f0e8-7a6b-7c3d-9e4f-5a6b7c8d9e0f",
            "shipping | standard",
            "handle | @jane" })
    void otherTextIsKept(String name, String text) {
        assertThat(masks.text(name, text)).isEqualTo(text);
    }

    @Test
    void nothingButKeysIsMaskedIfDisabled() {
        Masks keysOnly = new Masks(text -> text.replace("phx_1", "***"), false);

        assertThat(keysOnly.text("email", "jane@example.com phx_1")).isEqualTo("jane@example.com ***");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "a@", "1.", "1:", "+1", "a@a.", "%40" })
    void longTextIsMaskedInLinearTime(String part) {
        String text = part.repeat(1_000_000);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> masks.text("note", text));
    }
}
