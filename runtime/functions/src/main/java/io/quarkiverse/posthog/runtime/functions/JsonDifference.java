package io.quarkiverse.posthog.runtime.functions;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.functions.PreparedWrite.Change;

/** Finds the values that differ between the current state of an object and a change of it. */
public final class JsonDifference {

    private final List<Change> changes = new ArrayList<>();

    private JsonDifference() {
    }

    /** Returns the differences of the fields that the change sets. */
    public static List<Change> of(ObjectNode current, ObjectNode change, Set<String> fields) {
        JsonDifference difference = new JsonDifference();
        for (String field : fields) {
            if (change.has(field)) {
                difference.compare(field, current.path(field), change.path(field));
            }
        }
        return difference.changes;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (isEmpty(before) && isEmpty(after) || isSame(before, after)) {
            return;
        }
        if (before instanceof ObjectNode && after instanceof ObjectNode) {
            Set<String> names = new TreeSet<>();
            addNames(names, before.fieldNames());
            addNames(names, after.fieldNames());
            names.forEach(name -> compare(path + "." + name, before.path(name), after.path(name)));
        } else if (before instanceof ArrayNode && after instanceof ArrayNode) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "[" + i + "]", before.path(i), after.path(i));
            }
        } else {
            changes.add(new Change(path, before, after));
        }
    }

    private static void addNames(Set<String> names, Iterator<String> more) {
        more.forEachRemaining(names::add);
    }

    /** PostHog does not distinguish missing values from null, and whole numbers from decimals. */
    private static boolean isSame(JsonNode before, JsonNode after) {
        return before.equals(after)
                || before.isNumber() && after.isNumber() && before.decimalValue().compareTo(after.decimalValue()) == 0;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Returns a change of one value. */
    public static Change change(String field, JsonNode before, JsonNode after) {
        return new Change(field, before == null ? MissingNode.getInstance() : before,
                after == null ? MissingNode.getInstance() : after);
    }
}
