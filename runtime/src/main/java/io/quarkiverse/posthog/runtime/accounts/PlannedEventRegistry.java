package io.quarkiverse.posthog.runtime.accounts;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.quarkiverse.posthog.runtime.resources.DefinitionsClient;
import io.quarkiverse.posthog.runtime.tracking.DescriptionPublisher;
import io.quarkiverse.posthog.tracking.DescriptionChanges;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.smallrye.mutiny.Uni;

/**
 * The tracking plans that were found at build time.
 *
 * @param byAccount the names of the events by the accounts for which their plans are injected
 * @param registry the accounts to which descriptions can be published
 */
public record PlannedEventRegistry(List<PlannedEvent> events, Map<String, List<String>> byAccount,
        AccountRegistry registry) implements TrackingPlans {

    @Override
    public List<PlannedEvent> events(String account) {
        List<String> names = byAccount.getOrDefault(account, List.of());
        return events.stream().filter(event -> names.contains(event.name())).toList();
    }

    @Override
    public SortedSet<String> accounts() {
        return new TreeSet<>(byAccount.keySet());
    }

    @Override
    public Uni<DescriptionChanges> compareDescriptions(String account) {
        return publisher(account).compare(planned(account));
    }

    @Override
    public Uni<DescriptionChanges> publishDescriptions(String account) {
        return publisher(account).publish(planned(account));
    }

    private DescriptionPublisher publisher(String account) {
        return new DescriptionPublisher(new DefinitionsClient(registry.get(account).calls()));
    }

    private List<PlannedEvent> planned(String account) {
        if (!byAccount.containsKey(account)) {
            throw new IllegalArgumentException("No tracking plan is injected for PostHog account '" + account
                    + "', so it has no descriptions; inject the plan with @PostHogAccount(\"" + account
                    + "\"), or use one of the accounts " + accounts());
        }
        return events(account);
    }
}
