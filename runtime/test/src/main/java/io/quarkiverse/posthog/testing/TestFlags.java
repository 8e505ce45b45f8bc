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
 * The values that flags are to have for everybody, whether or not there are such flags. After each test they are
 * taken back.
 * <p>
 * They hold for the next evaluation, whether PostHog evaluates flags or this process: in the latter case the
 * definitions are loaded anew. An application in another process that evaluates flags itself has them after its
 * next poll. Flags that depend on such a flag follow it.
 */
public final class TestFlags {

    private final String account;

    TestFlags(String account) {
        this.account = account;
    }

    /** Has a flag on or off, with the payload that is defined for that, if any. */
    public TestFlags set(String key, boolean enabled) {
        return put(key, Map.of("value", enabled));
    }

    /**
     * Has a flag on or off, with a payload.
     *
     * @param payload anything that Jackson can write, such as a map or a record; null for none
     */
    public TestFlags set(String key, boolean enabled, Object payload) {
        return put(key, enabled, payload);
    }

    /** Has a flag be a variant, with the payload that is defined for that, if any. */
    public TestFlags variant(String key, String variant) {
        return put(key, Map.of("value", variant));
    }

    /**
     * Has a flag be a variant, with a payload.
     *
     * @param payload anything that Jackson can write, such as a map or a record; null for none
     */
    public TestFlags variant(String key, String variant, Object payload) {
        return put(key, variant, payload);
    }

    private TestFlags put(String key, Object value, Object payload) {
        Map<String, Object> json = new HashMap<>();
        json.put("value", value);
        // PostHog has payloads as JSON within a text
        json.put("payload", payload == null ? null : JsonValues.text(payload));
        return put(key, json);
    }

    private TestFlags put(String key, Map<String, Object> value) {
        return change(emulator -> emulator.setFlag(key, value));
    }

    /** Lets a flag be again what it is defined to be. */
    public TestFlags unset(String key) {
        return change(emulator -> emulator.unsetFlag(key));
    }

    /** Lets all flags be again what they are defined to be. */
    public TestFlags unsetAll() {
        return change(EmulatorControlClient::unsetFlags);
    }

    private TestFlags change(Consumer<EmulatorControlClient> change) {
        AccountUnderTest tested = AccountUnderTest.of(account);
        change.accept(tested.emulator());
        tested.reloadFlags();
        return this;
    }

    /** The values that are set, by key: true, false, or the key of a variant. */
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
