package io.quarkiverse.posthog.deployment.lua;

import io.quarkiverse.posthog.deployment.lua.LuaProcessor.Enabled;
import io.quarkiverse.posthog.runtime.lua.dev.ScriptsJsonRpcService;
import io.quarkus.deployment.IsDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** Adds the page of the Dev UI on which scripts can be run. */
@BuildSteps(onlyIf = { IsDevelopment.class, Enabled.class })
class LuaDevUiProcessor {

    @BuildStep
    CardPageBuildItem card() {
        CardPageBuildItem card = new CardPageBuildItem();
        // Of the extension that this one extends
        card.setLogo("../quarkus-posthog/posthog-dark.svg", "../quarkus-posthog/posthog-light.svg");
        card.addPage(Page.webComponentPageBuilder().title("Scripts").icon("font-awesome-solid:scroll")
                .componentLink("qwc-posthog-scripts.js").tooltip("Run scripts in Lua that call functions of PostHog"));
        return card;
    }

    @BuildStep
    JsonRPCProvidersBuildItem service() {
        return new JsonRPCProvidersBuildItem(ScriptsJsonRpcService.class);
    }
}
