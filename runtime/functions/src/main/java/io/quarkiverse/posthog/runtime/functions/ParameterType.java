package io.quarkiverse.posthog.runtime.functions;

/** The type of a parameter. */
public enum ParameterType {

    STRING("string", "a string"),
    /** A point in time. */
    TIMESTAMP("string", "a string in ISO 8601 format with time zone"),
    UUID("string", "a UUID"),
    INTEGER("integer", "an integer"),
    BOOLEAN("boolean", "a boolean"),
    /** A JSON object with any properties. */
    OBJECT("object", "an object"),
    /** A list of strings. */
    STRINGS("array", "an array of strings");

    private final String json;
    private final String description;

    ParameterType(String json, String description) {
        this.json = json;
        this.description = description;
    }

    /** The type in JSON schemas. */
    public String json() {
        return json;
    }

    /** The type in messages, with its article. */
    public String description() {
        return description;
    }
}
