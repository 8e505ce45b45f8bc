package io.quarkiverse.posthog.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctIdsTest {

    static Stream<String> placeholders() {
        return Stream.of("0", "00000000-0000-0000-0000-000000000000", "[object Object]", "anonymous", "anonymous-user",
                "backend", "distinct_id", "distinctId", "email", "false", "guest", "id", "NaN", "None", "not_authenticated",
                "null", "system", "true", "undefined", "user");
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    @Tag("IDN-3")
    void placeholdersAreIllegalInEverySpelling(String id) {
        assertThat(Stream.of(id, id.toUpperCase(Locale.ROOT), id.toLowerCase(Locale.ROOT), " " + id + "\t", "\u00a0" + id,
                id + "\ufeff", "\u200b" + id + "\u200d", id.charAt(0) + "\u00ad" + id.substring(1), "\"" + id + "\"",
                "'" + id + "'", "`" + id + "`", "\u201c" + id + "\u201d", "\u00ab" + id + "\u00bb", "\\\"" + id + "\\\"",
                "\"'" + id + "'\"", "\"" + id, " \" " + id + " \" ", "\u0000" + id + "\n", "\u3164" + id))
                .allMatch(DistinctIds::isIllegal);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "\t\r\n", "\u0000", "\u00a0", "\u200b", "\u200d\u2060", "\ufeff", "\u2003", "\u3000",
            "\u3164", "\u2800", "\u034f", "\ufe0f", "\u00ad", "\u0085" })
    @Tag("IDN-3")
    void invisibleTextIsBlank(String text) {
        assertThat(DistinctIds.isBlank(text)).isTrue();
        assertThat(DistinctIds.isIllegal(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"\"", "''", "\" \"", "\u201c\u201d" })
    void quotedNothingIsIllegalButVisible(String text) {
        assertThat(DistinctIds.isBlank(text)).isFalse();
        assertThat(DistinctIds.isIllegal(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "user-123", "1", "00", "0.0", "null@acme.org", "nullable", "users", "anonymous user", "ids", "a",
            "\"user-123\"", "true-north", "Zo\u00eb", "\u65e5\u672c", "\ud83d\ude42", "$device:0", "nul l",
            "00000000-0000-0000-0000-000000000001", "O'Null" })
    void allOtherIdsArePersons(String id) {
        assertThat(DistinctIds.isIllegal(id)).isFalse();
        assertThat(DistinctIds.isBlank(id)).isFalse();
    }

    @Test
    void aLongIdIsAPerson() {
        assertThat(DistinctIds.isIllegal("x".repeat(1_000_000))).isFalse();
        assertThat(DistinctIds.isIllegal("\u200b".repeat(1_000) + "null")).isTrue();
    }

    @Test
    void idsAreTheSameWithoutSurroundingSpaces() {
        assertThat(DistinctIds.isSame("zoe", " zoe\u00a0")).isTrue();
        assertThat(DistinctIds.isSame("zoe", "z\u200boe")).isTrue();
        assertThat(DistinctIds.isSame("zoe", "Zoe")).isFalse();
        assertThat(DistinctIds.isSame("zoe", null)).isFalse();
    }
}
