package io.quarkiverse.posthog.runtime.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.runtime.resources.DefinitionsClient;
import io.quarkiverse.posthog.runtime.resources.StoredDefinition;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.tracking.DescriptionChange;
import io.quarkiverse.posthog.tracking.DescriptionChanges;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.PlannedProperty;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Compares the descriptions of tracking plans with PostHog, and writes them, one request at a time. */
public final class DescriptionPublisher {

    private final DefinitionsClient definitions;

    /** A definition whose description differs. */
    private record Difference(String id, DescriptionChange change) {
    }

    private record Comparison(List<Difference> events, List<Difference> properties, List<String> missing) {

        DescriptionChanges changes() {
            return new DescriptionChanges(events.stream().map(Difference::change).toList(),
                    properties.stream().map(Difference::change).toList(), missing);
        }
    }

    public DescriptionPublisher(DefinitionsClient definitions) {
        this.definitions = definitions;
    }

    public Uni<DescriptionChanges> compare(List<PlannedEvent> plan) {
        return differences(plan).map(Comparison::changes);
    }

    /** Returns the changes that were written. */
    public Uni<DescriptionChanges> publish(List<PlannedEvent> plan) {
        return differences(plan).chain(found -> write(found.events(), definitions::describeEvent)
                .chain(() -> write(found.properties(), definitions::describeProperty))
                .replaceWith(found::changes));
    }

    private Uni<Comparison> differences(List<PlannedEvent> plan) {
        Map<String, String> events = new TreeMap<>(plan.stream().filter(event -> !event.description().isEmpty())
                .collect(Collectors.toMap(PlannedEvent::name, PlannedEvent::description)));
        Map<String, String> properties = new TreeMap<>(plan.stream().flatMap(event -> event.properties().stream())
                .filter(property -> !property.description().isEmpty())
                .collect(Collectors.toMap(PlannedProperty::name, PlannedProperty::description, (one, same) -> one)));
        return Uni.createFrom().deferred(() -> {
            List<String> missing = new ArrayList<>();
            return differences(events, definitions.events(), missing)
                    .chain(changedEvents -> differences(properties, definitions.properties(), missing)
                            .map(changedProperties -> new Comparison(changedEvents, changedProperties, missing)));
        });
    }

    /** Adds the names without a definition to those that are missing. */
    private static Uni<List<Difference>> differences(Map<String, String> descriptions, Multi<StoredDefinition> stored,
            List<String> missing) {
        if (descriptions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return stored.filter(definition -> descriptions.containsKey(definition.name())).collect().asList().map(found -> {
            descriptions.keySet().stream()
                    .filter(name -> found.stream().noneMatch(definition -> definition.name().equals(name)))
                    .forEach(missing::add);
            return found.stream()
                    .filter(definition -> !descriptions.get(definition.name()).equals(definition.description()))
                    .map(definition -> difference(definition, descriptions.get(definition.name())))
                    .sorted(Comparator.comparing(difference -> difference.change().name())).toList();
        });
    }

    private static Difference difference(StoredDefinition definition, String planned) {
        String before = definition.description() == null ? "" : definition.description();
        return new Difference(definition.id(), new DescriptionChange(definition.name(), before, planned));
    }

    private static Uni<Void> write(List<Difference> differences, BiFunction<String, String, Uni<ApiResponse>> request) {
        return Multi.createFrom().iterable(differences)
                .onItem().transformToUniAndConcatenate(it -> request.apply(it.id(), it.change().after()))
                .collect().last().replaceWithVoid();
    }
}
