package io.quarkiverse.posthog.runtime.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.runtime.resources.DefinitionsClient;
import io.quarkiverse.posthog.runtime.resources.StoredDefinition;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.PlannedProperty;
import io.quarkiverse.posthog.tracking.PublishedDescriptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Writes the descriptions of tracking plans to PostHog, one request at a time. */
public final class DescriptionPublisher {

    private final DefinitionsClient definitions;

    public DescriptionPublisher(DefinitionsClient definitions) {
        this.definitions = definitions;
    }

    public Uni<PublishedDescriptions> publish(List<PlannedEvent> plan) {
        Map<String, String> events = new TreeMap<>(plan.stream().filter(event -> !event.description().isEmpty())
                .collect(Collectors.toMap(PlannedEvent::name, PlannedEvent::description)));
        Map<String, String> properties = new TreeMap<>(plan.stream().flatMap(event -> event.properties().stream())
                .filter(property -> !property.description().isEmpty())
                .collect(Collectors.toMap(PlannedProperty::name, PlannedProperty::description, (one, same) -> one)));
        return Uni.createFrom().deferred(() -> {
            List<String> missing = new ArrayList<>();
            return describe(events, definitions.events(), definitions::describeEvent, missing)
                    .chain(changedEvents -> describe(properties, definitions.properties(), definitions::describeProperty,
                            missing)
                            .map(changedProperties -> new PublishedDescriptions(changedEvents, changedProperties, missing)));
        });
    }

    /** Returns the names whose descriptions were changed. */
    private static Uni<List<String>> describe(Map<String, String> descriptions, Multi<StoredDefinition> stored,
            BiFunction<String, String, Uni<ApiResponse>> write, List<String> missing) {
        if (descriptions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return stored.filter(definition -> descriptions.containsKey(definition.name())).collect().asList().chain(found -> {
            descriptions.keySet().stream()
                    .filter(name -> found.stream().noneMatch(definition -> definition.name().equals(name)))
                    .forEach(missing::add);
            return Multi.createFrom().iterable(found)
                    .filter(definition -> !descriptions.get(definition.name()).equals(definition.description()))
                    .onItem().transformToUniAndConcatenate(definition -> write
                            .apply(definition.id(), descriptions.get(definition.name())).replaceWith(definition.name()))
                    .collect().asList();
        });
    }
}
