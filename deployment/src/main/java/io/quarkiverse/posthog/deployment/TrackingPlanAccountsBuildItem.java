package io.quarkiverse.posthog.deployment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jboss.jandex.DotName;

import io.quarkus.builder.item.SimpleBuildItem;

/** The accounts for which the application injects each tracking plan. */
final class TrackingPlanAccountsBuildItem extends SimpleBuildItem {

    private final Map<DotName, Set<String>> accounts;
    private final Set<DotName> ofAnyAccount;

    /**
     * Creates an item.
     *
     * @param accounts the names of the accounts by plan
     * @param ofAnyAccount the plans that the application can look up for any account
     */
    TrackingPlanAccountsBuildItem(Map<DotName, Set<String>> accounts, Set<DotName> ofAnyAccount) {
        this.accounts = new HashMap<>(accounts);
        this.ofAnyAccount = Set.copyOf(ofAnyAccount);
    }

    /** Returns the names of the events that can be captured with each account. Accounts without a plan are missing. */
    Map<String, List<String>> events(List<TrackingPlanInfo> plans, Set<String> accountNames) {
        Map<String, List<String>> events = new TreeMap<>();
        for (String account : accountNames) {
            Set<String> names = new HashSet<>();
            plans.stream().filter(plan -> isInjected(plan.type().name(), account))
                    .forEach(plan -> plan.methods().forEach(method -> names.add(method.event())));
            if (!names.isEmpty()) {
                events.put(account, names.stream().sorted().toList());
            }
        }
        return events;
    }

    private boolean isInjected(DotName plan, String account) {
        return ofAnyAccount.contains(plan) || accounts.getOrDefault(plan, Set.of()).contains(account);
    }
}
