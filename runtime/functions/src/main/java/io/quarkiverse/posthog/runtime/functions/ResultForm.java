package io.quarkiverse.posthog.runtime.functions;

import java.util.List;

/**
 * The form of a result. Every result also has the account and the project.
 *
 * @param list whether it is a list of rows with a cursor, rather than one object
 * @param fields the fields of the object, or of each row, with their meaning; not all of them are always present
 */
public record ResultForm(boolean list, List<Field> fields) {

    /** A field, with its JSON type. */
    public record Field(String name, String type, String description) {
    }

    public ResultForm {
        fields = List.copyOf(fields);
    }

    public static ResultForm list(Field... fields) {
        return new ResultForm(true, List.of(fields));
    }

    public static ResultForm object(Field... fields) {
        return new ResultForm(false, List.of(fields));
    }
}
