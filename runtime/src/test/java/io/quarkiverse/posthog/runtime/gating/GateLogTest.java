package io.quarkiverse.posthog.runtime.gating;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkus.runtime.LaunchMode;

/** Why a gate is closed. */
class GateLogTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final LaunchMode before = LaunchMode.current();
    private final GateConfig gate = new GateConfig("new-checkout", "", 404, "default", false);

    @AfterEach
    void asBefore() {
        LaunchMode.set(before);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.INCLUDE, names = { "DEVELOPMENT", "TEST" })
    @Tag("GATE-11")
    void eachReasonIsLoggedOnce(LaunchMode mode) {
        LaunchMode.set(mode);
        GateLog closed = new GateLog();
        for (int i = 0; i < 3; i++) {
            closed.closed(gate, flags(null, null));
            closed.closed(gate, flags("zoe", null));
            closed.closed(gate, flags("zoe", null, FlagError.TIMEOUT));
            closed.closed(gate, flags("zoe", FlagValue.of(false)));
            closed.closed(new GateConfig("new-checkout", "blue", 404, "default", false), flags("zoe", FlagValue.of("red")));
            closed.closed(new GateConfig("other", "", 403, "work", false), flags("zoe", FlagValue.of(false)));
        }

        assertThat(log.lines()).allMatch(line -> line.startsWith("INFO PostHog account '")).satisfiesExactly(
                line -> assertThat(line).contains("'new-checkout' responded with 404 because the request has no person"),
                line -> assertThat(line).contains("'new-checkout' responded with 404 because the flag was not found"),
                line -> assertThat(line).contains("because the flag could not be evaluated (timeout)"),
                line -> assertThat(line).contains("because the flag is off for the person"),
                line -> assertThat(line).contains("has the variant 'red', but the gate needs 'blue'"),
                line -> assertThat(line).contains("account 'work'", "'other' responded with 403"));
    }

    @Test
    @Tag("GATE-11")
    void nothingIsLoggedInProduction() {
        LaunchMode.set(LaunchMode.NORMAL);

        new GateLog().closed(gate, flags("zoe", FlagValue.of(false)));

        assertThat(log.lines()).isEmpty();
    }

    private static FlagSnapshot flags(String person, FlagValue value, FlagError... errors) {
        Map<String, FlagResult> results = value == null ? Map.of()
                : Map.of("new-checkout", result(value), "other", result(value));
        return (FlagSnapshot) Proxy.newProxyInstance(GateLogTest.class.getClassLoader(), new Class<?>[] { FlagSnapshot.class },
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "distinctId" -> Optional.ofNullable(person);
                    case "results" -> results;
                    case "errors" -> Set.of(errors);
                    default -> throw new AssertionError(method);
                });
    }

    private static FlagResult result(FlagValue value) {
        return new FlagResult("new-checkout", value, Optional.empty(), Optional.empty(), OptionalLong.empty(),
                OptionalInt.empty(), Optional.empty(), false, Optional.empty());
    }
}
