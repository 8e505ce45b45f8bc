package io.quarkiverse.posthog.runtime.dev;

import java.util.List;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.tracking.DescriptionChanges;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.quarkus.runtime.annotations.DevMCPEnableByDefault;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

/** The functions of the Dev UI and Dev MCP for the tracking plans of the application. */
public class TrackingPlanJsonRpcService {

    private static final String ACCOUNT = "The name of the account, 'default' for the default account";

    private final TrackingPlans plans;
    private final DevUiAccounts accounts;

    @Inject
    public TrackingPlanJsonRpcService(TrackingPlans plans, DevUiAccounts accounts) {
        this.plans = plans;
        this.accounts = accounts;
    }

    @NonBlocking
    @DevMCPEnableByDefault
    @JsonRpcDescription("The PostHog accounts for which the application injects tracking plans, with the names of their events")
    public List<PlannedAccountView> plannedAccounts() {
        return plans.accounts().stream().map(account -> new PlannedAccountView(account, accounts.isEmulated(account),
                plans.events(account).stream().map(PlannedEvent::name).toList())).toList();
    }

    @NonBlocking
    @JsonRpcDescription("Compares the descriptions in the tracking plans of an account with its event and property definitions "
            + "in PostHog: those that differ, and those that PostHog does not know yet. Changes nothing")
    public Uni<DescriptionChanges> compareDescriptions(@JsonRpcDescription(ACCOUNT) String account) {
        return plans.compareDescriptions(account);
    }

    @NonBlocking
    @JsonRpcDescription("Writes the descriptions in the tracking plans of an account to its event and property definitions in "
            + "PostHog, if they differ, and returns the changes. Replaces descriptions that were written in PostHog")
    public Uni<DescriptionChanges> publishDescriptions(@JsonRpcDescription(ACCOUNT) String account) {
        return plans.publishDescriptions(account);
    }
}
