package io.quarkiverse.posthog.runtime.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.FunctionException;

@Tag("LUA-2")
class FunctionPathsTest {

    private final FunctionPaths paths = new FunctionPaths(FunctionCatalog.standard(),
            Set.of("work", "eu.production"));

    @ParameterizedTest
    @CsvSource({ "app.integrations.posthog.posthog_list_events,posthog_list_events,",
            "app.integrations.posthog.list_events,posthog_list_events,",
            "app.integrations.posthog.default.list_events,posthog_list_events,",
            "app.integrations.posthog.work.posthog_query,posthog_query,work",
            "app.integrations.posthog.eu.production.list_events,posthog_list_events,eu.production",
            "app.integrations.posthog.query.query,posthog_query,query" })
    void functionsAreFound(String path, String function, String account) {
        FunctionPaths.Target target = paths.find(path);

        assertThat(target.function().name()).isEqualTo(function);
        assertThat(target.account().orElse(null)).isEqualTo(account);
    }

    /** The account of a call without an account can be another one. */
    @Test
    void aPathWithTheDefaultAccountNamesItIfItExists() {
        FunctionPaths withDefault = new FunctionPaths(FunctionCatalog.standard(), Set.of("default", "work"));

        assertThat(withDefault.find("app.integrations.posthog.default.list_events").account()).contains("default");
        assertThat(withDefault.find("app.integrations.posthog.list_events").account()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "app", "app.integrations", "app.integrations.posthog", "app.integrations.posthog.",
            "app.integrations.posthog.a.b.list_events", "app.integrations.posthogx.list_events",
            "app.integrations.posthog..list_events.",
            "x" })
    void everythingElseIsUnknown(String path) {
        assertThatExceptionOfType(FunctionException.class).isThrownBy(() -> paths.find(path))
                .satisfies(failure -> assertThat(failure.error().type()).isEqualTo(Type.UNKNOWN_FUNCTION))
                .withMessageStartingWith("Unknown function: " + path + ".");
    }

    @Test
    void threeNamesAreSuggested() {
        assertThatExceptionOfType(FunctionException.class)
                .isThrownBy(() -> paths.find("app.integrations.posthog.work.list_event"))
                .satisfies(failure -> assertThat(failure.error().allowed()).hasSize(3)
                        .allSatisfy(name -> assertThat(name).startsWith("app.integrations.posthog.work.")
                                .doesNotContain("posthog_")));
    }
}
