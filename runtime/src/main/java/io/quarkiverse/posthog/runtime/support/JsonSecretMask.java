package io.quarkiverse.posthog.runtime.support;

import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Masks secrets in JSON of PostHog: all text in fields whose name indicates a secret, and all keys of PostHog in other texts
 * and
 * in names. Numbers and booleans are kept, such as the number of tokens of a model.
 */
public final class JsonSecretMask {

    private static final String MASK = "***";

    /** The names in lower case, without separators. A webhook URL contains its credentials. */
    private static final Pattern SECRET_NAME = Pattern.compile("secret|token|passw|passphrase|apikey|accesskey|privatekey|"
            + "credential|authorization|cookie|webhook|connectionstring|signature");

    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

    /** Keys of all kinds, including the project token. Possessive, so that the time is linear in the length of the text. */
    private static final Pattern KEY = Pattern.compile("(?<![A-Za-z0-9])ph[a-z]_[A-Za-z0-9_-]++");

    private JsonSecretMask() {
    }

    /** Returns a copy without secrets. */
    public static JsonNode mask(JsonNode json) {
        return mask(json, false);
    }

    private static JsonNode mask(JsonNode json, boolean isSecret) {
        if (json.isObject()) {
            ObjectNode masked = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(field -> masked.set(withoutKeys(field.getKey()),
                    mask(field.getValue(), isSecret || isSecret(field.getKey()))));
            return masked;
        }
        if (json.isArray()) {
            ArrayNode masked = JsonNodeFactory.instance.arrayNode(json.size());
            json.forEach(element -> masked.add(mask(element, isSecret)));
            return masked;
        }
        if (!json.isTextual() || json.textValue().isEmpty()) {
            return json;
        }
        return JsonNodeFactory.instance.textNode(isSecret ? MASK : withoutKeys(json.textValue()));
    }

    private static boolean isSecret(String name) {
        return SECRET_NAME.matcher(SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("")).find();
    }

    private static String withoutKeys(String text) {
        return KEY.matcher(text).replaceAll(MASK);
    }
}
