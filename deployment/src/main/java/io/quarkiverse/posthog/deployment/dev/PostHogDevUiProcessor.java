package io.quarkiverse.posthog.deployment.dev;

import io.quarkiverse.posthog.deployment.TrackingPlansBuildItem;
import io.quarkiverse.posthog.runtime.dev.AccountsJsonRpcService;
import io.quarkiverse.posthog.runtime.dev.DevUiAccounts;
import io.quarkiverse.posthog.runtime.dev.EventsJsonRpcService;
import io.quarkiverse.posthog.runtime.dev.FlagsJsonRpcService;
import io.quarkiverse.posthog.runtime.dev.RecentEventStore;
import io.quarkiverse.posthog.runtime.dev.TrackingPlanJsonRpcService;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.processor.DotNames;
import io.quarkus.deployment.IsDevelopment;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** Adds the card of the extension to the Dev UI, with its pages and their JSON-RPC services. */
class PostHogDevUiProcessor {

    @BuildStep(onlyIf = IsDevelopment.class)
    CardPageBuildItem card(TrackingPlansBuildItem plans) {
        CardPageBuildItem card = new CardPageBuildItem();
        card.setLogo("posthog-dark.svg", "posthog-light.svg");
        card.addPage(Page.webComponentPageBuilder().title("Events").icon("font-awesome-solid:bolt")
                .componentLink("qwc-posthog-events.js").streamingLabelJsonRPCMethodName("eventCount")
                .tooltip("The events of the application, as they are captured"));
        card.addPage(Page.webComponentPageBuilder().title("Feature flags").icon("font-awesome-solid:flag")
                .componentLink("qwc-posthog-flags.js").dynamicLabelJsonRPCMethodName("flagCount")
                .tooltip("The flags, and their values and reasons for a person"));
        card.addPage(Page.webComponentPageBuilder().title("Accounts").icon("font-awesome-solid:stethoscope")
                .componentLink("qwc-posthog-accounts.js").dynamicLabelJsonRPCMethodName("accountCount")
                .tooltip("The state of each account, and its delivered events"));
        if (!plans.events().isEmpty()) {
            card.addBuildTimeData("plannedEvents", plans.events());
            card.addPage(Page.webComponentPageBuilder().title("Tracking plan").icon("font-awesome-solid:list-check")
                    .componentLink("qwc-posthog-tracking-plan.js").staticLabel(Integer.toString(plans.events().size()))
                    .tooltip("The events of the tracking plans, and which of them the application has captured"));
        }
        return card;
    }

    @BuildStep(onlyIf = IsDevelopment.class)
    void services(BuildProducer<JsonRPCProvidersBuildItem> services) {
        services.produce(new JsonRPCProvidersBuildItem(EventsJsonRpcService.class));
        services.produce(new JsonRPCProvidersBuildItem(FlagsJsonRpcService.class));
        services.produce(new JsonRPCProvidersBuildItem(AccountsJsonRpcService.class));
        services.produce(new JsonRPCProvidersBuildItem(TrackingPlanJsonRpcService.class));
    }

    @BuildStep(onlyIf = IsDevelopment.class)
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder().addBeanClasses(RecentEventStore.class, DevUiAccounts.class)
                .setDefaultScope(DotNames.SINGLETON).setUnremovable().build();
    }
}
