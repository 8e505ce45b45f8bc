package io.quarkiverse.posthog.runtime.functions.docs;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.functions.CallableDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.FunctionParameter;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.result.Results;

/** JSON schemas of arguments. */
public final class FunctionSchemas {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Beyond this, schemas do not list the accounts, because each function repeats them. */
    private static final int MAX_ACCOUNTS = 150;

    private FunctionSchemas() {
    }

    /**
     * Returns the schema of the arguments.
     *
     * @param accounts the accounts that can be named; the argument is omitted if there is only one
     */
    public static ObjectNode arguments(CallableDefinition function, List<String> accounts) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (FunctionParameter parameter : function.parameters()) {
            properties.set(parameter.name(), property(parameter));
            if (parameter.required() && parameter.alternative() == null) {
                required.add(parameter.name());
            }
        }
        if (accounts.size() > 1) {
            ObjectNode account = properties.putObject(FunctionDefinition.ACCOUNT).put("type", "string");
            if (String.join(",", accounts).length() <= MAX_ACCOUNTS) {
                accounts.forEach(account.putArray("enum")::add);
            } else {
                account.put("description", "See posthog://accounts.");
            }
            FunctionExecutor.defaultAccount(accounts).ifPresentOrElse(name -> account.put("default", name),
                    () -> required.add(FunctionDefinition.ACCOUNT));
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode property(FunctionParameter parameter) {
        ObjectNode property = NODES.objectNode().put("type", parameter.type().json());
        if (parameter.type() == ParameterType.TIMESTAMP) {
            property.put("format", "date-time");
        } else if (parameter.type() == ParameterType.UUID) {
            property.put("format", "uuid");
        } else if (parameter.type() == ParameterType.STRINGS) {
            property.putObject("items").put("type", "string");
        } else if (parameter.type() == ParameterType.INTEGER) {
            putRange(property, parameter);
        }
        if (!parameter.allowed().isEmpty()) {
            parameter.allowed().forEach(property.withArray("enum")::add);
        }
        if (parameter.defaultValue() != null) {
            property.set("default", Results.mapper().valueToTree(parameter.defaultValue()));
        }
        return property.put("description", parameter.description());
    }

    private static void putRange(ObjectNode property, FunctionParameter parameter) {
        if (parameter.minimum() != null) {
            property.put("minimum", parameter.minimum());
        }
        if (parameter.maximum() != null && parameter.maximum() < 1_000_000) {
            property.put("maximum", parameter.maximum());
        }
    }
}
