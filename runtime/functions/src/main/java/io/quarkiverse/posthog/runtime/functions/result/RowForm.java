package io.quarkiverse.posthog.runtime.functions.result;

import java.util.List;

/**
 * The content of a row.
 *
 * @param summary the fields of a compact row; empty for all fields
 * @param always the fields that are also present if they are null or false
 * @param personal the fields that can contain personal data of end users; {@code *} for all fields
 */
public record RowForm(List<String> summary, List<String> always, List<String> personal) {

    public RowForm {
        summary = List.copyOf(summary);
        always = List.copyOf(always);
        personal = List.copyOf(personal);
    }

    public static RowForm of(String... summary) {
        return new RowForm(List.of(summary), List.of(), List.of());
    }

    public RowForm always(String... fields) {
        return new RowForm(summary, List.of(fields), personal);
    }

    public RowForm personal(String... fields) {
        return new RowForm(summary, always, List.of(fields));
    }
}
