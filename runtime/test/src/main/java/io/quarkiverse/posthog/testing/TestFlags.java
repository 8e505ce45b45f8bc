package io.quarkiverse.posthog.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.testing.runtime.AccountUnderTest;
import io.quarkiverse.posthog.testing.runtime.EmulatorControlClient;
import io.quarkiverse.posthog.testing.runtime.JsonValues;

/**
 * Sets flag values for all users, even if the flags are not defined. The values are removed after each test.
 * <p>
 * Values take effect with the next evaluation, both remotely and locally: for local evaluation, the flag definitions
 * are reloaded. An application in another process that evaluates flags locally uses them after its next poll. Flags
 * that depend on such a flag use its value.
 */
public final class TestFlags {

    private final String account;

    TestFlags(String account) {
        this.account = account;
    }

    /** Turns a flag on or off, with the payload that is defined for this value. */
    public TestFlags set(String key, boolean enabled) {
        return put(key, Map.of("value", enabled));
    }

    /**
     * Turns a flag on or off, with a payload.
     *
     * @param payload any value that Jackson can write, such as a map or a record; null for none
     */
    public TestFlags set(String key, boolean enabled, Object payload) {
        return put(key, enabled, payload);
    }

    /** Sets the variant of a flag, with the payload that is defined for it. */
    public TestFlags variant(String key, String variant) {
        return put(key, Map.of("value", variant));
    }

    /**
     * Sets the variant of a flag, with a payload.
     *
     * @param payload any value that Jackson can write, such as a map or a record; null for none
     */
    public TestFlags variant(String key, String variant, Object payload) {
        return put(key, variant, payload);
    }

    private TestFlags put(String key, Object value, Object payload) {
        Map<String, Object> json = new HashMap<>();
        json.put("value", value);
        // In PostHog, payloads are JSON text
        json.put("payload", payload == null ? null : JsonValues.text(payload));
        return put(key, json);
    }

    private TestFlags put(String key, Map<String, Object> value) {
        return change(emulator -> emulator.setFlag(key, value));
    }

    /** Restores the defined value of a flag. */
    public TestFlags unset(String key) {
        return change(emulator -> emulator.unsetFlag(key));
    }

    /** Restores the defined values of all flags. */
    public TestFlags unsetAll() {
        return change(EmulatorControlClient::unsetFlags);
    }

    private TestFlags change(Consumer<EmulatorControlClient> change) {
        AccountUnderTest tested = AccountUnderTest.of(account);
        change.accept(tested.emulator());
        tested.reloadFlags();
        return this;
    }

    /** Returns the values that are set, by key: true, false, or the key of a variant. */
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        AccountUnderTest.of(account).emulator().flags()
                .forEach(flag -> values.put(flag.get("key").asText(), value(flag.get("value"))));
        return values;
    }

    private static Object value(JsonNode value) {
        return value.isTextual() ? value.textValue() : (Object) value.booleanValue();
    }
}
