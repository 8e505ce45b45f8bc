package io.quarkiverse.posthog.runtime.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

@Tag("LUA-6")
class ScriptLimitsTest {

    private static final long HEAP = 1L << 30;

    private static ScriptLimits limits(String name, String value, long heap) {
        LuaConfig config = new SmallRyeConfigBuilder().withMapping(LuaConfig.class).addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of("quarkus.posthog.lua.limits." + name, value), "test", 1))
                .build().getConfigMapping(LuaConfig.class);
        return ScriptLimits.of(config.limits(), heap, 200);
    }

    @Test
    void theDefaultsAreDocumented() {
        ScriptLimits limits = limits("calls", "200", HEAP);

        assertThat(limits.cpu()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.memory()).isEqualTo(32 << 20);
        assertThat(limits.time()).isEqualTo(Duration.ofMinutes(2));
        assertThat(limits.outputCharacters()).isEqualTo(60_000);
        assertThat(limits.totalMemory()).isEqualTo(HEAP / 4);
    }

    @Test
    void aSmallHeapReducesTheMemoryOfScripts() {
        assertThat(limits("calls", "200", 64 << 20).memory()).isEqualTo(16 << 20);
        assertThat(limits("calls", "200", 128 << 20).totalMemory()).isEqualTo(32 << 20);
    }

    @Test
    void invalidLimitsAreRejectedWithTheirName() {
        assertInvalid("cpu", "0s", "must be positive");
        assertInvalid("cpu", "25h", "must be positive and at most 24 hours");
        assertInvalid("time", "0s", "must be positive");
        assertInvalid("time", "10000000000h", "must be positive and at most 24 hours");
        assertInvalid("memory", "1000", "must be at least 1M");
        assertInvalid("calls", "-1", "must be at least 0");
        assertInvalid("output-chars", "0", "must be at least 1");
        assertInvalid("source-chars", "0", "must be at least 1");
        assertInvalid("result-chars", "100", "must be at least 2000");
        assertInvalid("max-concurrent", "0", "must be from 1 to 199");
        assertInvalid("max-concurrent", "200", "must be from 1 to 199");
        assertInvalid("max-waiting", "-1", "must be at least 0");
        assertInvalid("total-memory", "16M", "must be at least quarkus.posthog.lua.limits.memory");
    }

    private static void assertInvalid(String name, String value, String message) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> limits(name, value, HEAP))
                .withMessageStartingWith("quarkus.posthog.lua.limits." + name + " " + message).withMessageContaining("but is");
    }

    @Test
    void optionsCanOnlyReduceLimits() {
        ScriptLimits limits = limits("calls", "200", HEAP);

        assertThat(limits.with(ScriptOptions.create().memoryLimit(1000)).memory()).isEqualTo(1000);
        assertThat(limits.with(ScriptOptions.create().cpuLimit(Duration.ofMillis(1))).cpu()).isEqualTo(Duration.ofMillis(1));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.with(ScriptOptions.create().memoryLimit(HEAP)))
                .withMessageContaining("memory_limit must be at most 33554432 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> limits.with(ScriptOptions.create().cpuLimit(Duration.ofHours(1))))
                .withMessageContaining("cpu_limit must be at most 30.0 seconds");
        assertThatIllegalArgumentException().isThrownBy(() -> ScriptOptions.create().memoryLimit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> ScriptOptions.create().cpuLimit(Duration.ZERO));
    }
}
