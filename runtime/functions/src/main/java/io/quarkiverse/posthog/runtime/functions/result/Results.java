package io.quarkiverse.posthog.runtime.functions.result;

import java.util.List;
import java.util.function.IntFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.functions.FunctionAccount;

/**
 * Writes the results of a call within the limit of characters. Each result names its account and its project.
 * <p>
 * A list drops rows from its end, and its cursor continues after the last row that it has. A row, or another object, that is
 * too large on its own loses elements of its arrays, and the end of its texts.
 */
public final class Results {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The characters for the other fields of a list: the hint, the account and the project. */
    private static final int ENVELOPE = 600;

    private final ResultLimits limits;
    private final FunctionAccount account;
    private final RowWriter rows;

    /** @param full whether rows have all fields */
    public Results(ResultLimits limits, FunctionAccount account, boolean full) {
        this.limits = limits;
        this.account = account;
        this.rows = new RowWriter(new Masks(account::withoutKeys, limits.maskPersonalData()), full);
    }

    /** The mapper of PostHog's JSON. */
    public static ObjectMapper mapper() {
        return RowWriter.MAPPER;
    }

    /** Writes an object of PostHog. */
    public ObjectNode row(Object item, RowForm form) {
        return rows.row(item, form);
    }

    /**
     * Writes a list.
     *
     * @param cursor returns the cursor after a number of these rows; null if there are no more
     * @param hint tells the caller about the rows; may be null
     */
    public ObjectNode list(List<ObjectNode> rows, IntFunction<String> cursor, String hint) {
        String last = cursor.apply(rows.size());
        int budget = limits.maxCharacters() - ENVELOPE - longest(rows.size(), cursor, last);
        ArrayNode kept = NODES.arrayNode();
        boolean truncated = false;
        int used = 0;
        for (ObjectNode row : rows) {
            int size = SizeReducer.size(row) + 1;
            if (used + size > budget && !kept.isEmpty()) {
                break;
            }
            if (size > budget) {
                truncated = SizeReducer.reduce(row, budget);
                size = SizeReducer.size(row) + 1;
            }
            used += size;
            kept.add(row);
        }
        boolean dropped = kept.size() < rows.size();
        String next = dropped ? cursor.apply(kept.size()) : last;
        ObjectNode list = NODES.objectNode();
        list.set("results", kept);
        list.put("next", next).put("truncated", truncated || dropped);
        String told = dropped
                ? kept.size() + " of " + rows.size() + " rows fit into " + limits.maxCharacters() + " characters. "
                        + (next == null ? "Narrow the selection to get the others."
                                : "Pass next as cursor to continue, or narrow the selection.")
                : truncated ? "The row was too large and is shortened."
                        : hint != null ? hint : next == null ? null : "Pass next as cursor for more rows.";
        if (told != null) {
            list.put("hint", told);
        }
        return named(list);
    }

    private static int longest(int rows, IntFunction<String> cursor, String last) {
        int length = last == null ? 0 : last.length();
        for (int kept : new int[] { 1, rows / 2, rows - 1 }) {
            String next = kept < 1 || kept >= rows ? null : cursor.apply(kept);
            length = Math.max(length, next == null ? 0 : next.length());
        }
        return length + 50;
    }

    /** Writes an object of PostHog, with a link to its page. */
    public ObjectNode object(Object item, RowForm form, String page) {
        ObjectNode object = row(item, form);
        account.page(page).ifPresent(url -> object.put("url", url));
        return object(object);
    }

    /** Writes an object that does not contain keys or personal data. */
    public ObjectNode object(ObjectNode object) {
        if (SizeReducer.reduce(object, limits.maxCharacters() - ENVELOPE)) {
            object.put("truncated", true).put("hint", "The object was too large: arrays have lost elements from their end, and "
                    + "texts their end.");
        }
        return named(object);
    }

    private ObjectNode named(ObjectNode object) {
        object.put("account", account.name());
        JsonNode project = account.projectId();
        return object.set("project_id", project);
    }

    /** Masks the keys in a tree. */
    public JsonNode withoutKeys(JsonNode tree) {
        return new RowWriter(new Masks(account::withoutKeys, false), true)
                .row(NODES.objectNode().set("tree", tree), RowForm.of()).path("tree");
    }
}
