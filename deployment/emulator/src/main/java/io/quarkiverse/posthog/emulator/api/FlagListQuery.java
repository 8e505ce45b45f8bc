package io.quarkiverse.posthog.emulator.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;

/** The parameters of the flag list. */
final class FlagListQuery {

    private static final Set<String> ORDERS = Set.of("key", "name", "created_at", "updated_at", "id", "version");

    private final ApiRequest request;

    FlagListQuery(ApiRequest request) {
        this.request = request;
    }

    List<ObjectNode> apply(Stream<ObjectNode> flags) {
        return flags.filter(this::isWanted).sorted(order()).toList();
    }

    private boolean isWanted(ObjectNode flag) {
        return request.text("active").map(wanted -> isActive(flag, wanted)).orElse(true)
                && flag.get("archived").booleanValue() == request.truthy("archived")
                && request.text("search").map(wanted -> containsText(flag, wanted)).orElse(true)
                && request.text("key").map(flag.get("key").textValue()::equalsIgnoreCase).orElse(true)
                && request.text("type").map(wanted -> isType(flag, wanted)).orElse(true)
                && request.text("created_by_id").map(wanted -> isCreatedBy(flag, wanted)).orElse(true)
                && request.text("evaluation_runtime").map(flag.path("evaluation_runtime").asText()::equals).orElse(true)
                && request.json("tags").map(wanted -> hasAny(flag, wanted)).orElse(true)
                && request.json("excluded_tags").map(unwanted -> !hasAny(flag, unwanted)).orElse(true)
                && request.text("has_evaluation_contexts")
                        .map(wanted -> request.truthy("has_evaluation_contexts") != flag.path("evaluation_contexts").isEmpty())
                        .orElse(true)
                && (!request.truthy("eligible_for_experiment") || flag.path("is_eligible_for_experiment").booleanValue());
    }

    private static boolean isActive(ObjectNode flag, String wanted) {
        return wanted.equals("STALE") ? flag.path("status").asText().equals(wanted)
                : flag.get("active").booleanValue() == wanted.equalsIgnoreCase("true");
    }

    private static boolean containsText(ObjectNode flag, String wanted) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return Stream.of("key", "name").anyMatch(field -> flag.path(field).asText().toLowerCase(Locale.ROOT).contains(lower));
    }

    private static boolean isType(ObjectNode flag, String wanted) {
        boolean multivariate = !flag.path("filters").path("multivariate").path("variants").isEmpty();
        boolean remoteConfig = flag.path("is_remote_configuration").booleanValue();
        return switch (wanted) {
            case "boolean" -> !multivariate && !remoteConfig;
            case "multivariant" -> multivariate;
            case "experiment" -> !flag.path("experiment_set").isEmpty();
            case "remote_config" -> remoteConfig;
            default -> true;
        };
    }

    private static boolean isCreatedBy(ObjectNode flag, String wanted) {
        String id = flag.path("created_by").path("id").asText();
        return Stream.of(wanted.replaceAll("[\\[\\]\"]", "").split(",")).map(String::trim).anyMatch(id::equals);
    }

    private static boolean hasAny(ObjectNode flag, JsonNode tags) {
        Set<String> own = flag.path("tags").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        return tags.valueStream().map(JsonNode::asText).anyMatch(own::contains);
    }

    private Comparator<ObjectNode> order() {
        String order = request.text("order").orElse("-created_at");
        boolean descending = order.startsWith("-");
        String field = descending ? order.substring(1) : order;
        if (!ORDERS.contains(field)) {
            throw ApiException.invalid("invalid_input", "Unknown order '" + order + "'.", "order");
        }
        Comparator<ObjectNode> ascending = Comparator
                .comparing((ObjectNode flag) -> flag.path(field).isNumber() ? flag.path(field).asDouble() : 0)
                .thenComparing(flag -> flag.path(field).asText())
                .thenComparing(flag -> flag.get("id").longValue());
        return descending ? ascending.reversed() : ascending;
    }
}
