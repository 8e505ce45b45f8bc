package io.quarkiverse.posthog.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.runtime.LongTexts;

/** Queries that an application generates may be long. */
class LongQueriesTest {

    @Test
    void theLimitOfALongQuery() {
        LongTexts.parse(1_000_000, QueryLimit::of);
        LongTexts.parse(1_000_000, text -> QueryLimit.of("select '" + text + "' limit 5"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "'%s'", "\"%s\"", "`%s`", "/*%s*/", "--%s\n", "f(%s)", "('%s')", "'%s''%s'", "'\\'%s'" })
    void whatIsQuotedHasNoLimit(String quoted) {
        String query = "select " + quoted.replace("%s", " limit 7 ".repeat(20_000)) + " from events";

        assertThat(QueryLimit.of(query).present()).isFalse();
        assertThat(QueryLimit.of(query + " limit 5").rows()).isEqualTo(OptionalLong.of(5));
    }
}
