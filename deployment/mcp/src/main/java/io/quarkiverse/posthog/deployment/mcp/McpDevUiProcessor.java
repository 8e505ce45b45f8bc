package io.quarkiverse.posthog.deployment.mcp;

import io.quarkiverse.posthog.deployment.mcp.McpProcessor.Enabled;
import io.quarkiverse.posthog.runtime.mcp.dev.FunctionsJsonRpcService;
import io.quarkus.deployment.IsDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** Adds the page of the Dev UI on which each function can be tried. */
@BuildSteps(onlyIf = { IsDevelopment.class, Enabled.class })
class McpDevUiProcessor {

    @BuildStep
    CardPageBuildItem card() {
        CardPageBuildItem card = new CardPageBuildItem();
        card.addPage(Page.webComponentPageBuilder().title("Functions").icon("font-awesome-solid:robot")
                .componentLink("qwc-posthog-functions.js").dynamicLabelJsonRPCMethodName("functionCount")
                .tooltip("The functions that MCP clients can call, to try them"));
        return card;
    }

    @BuildStep
    JsonRPCProvidersBuildItem service() {
        return new JsonRPCProvidersBuildItem(FunctionsJsonRpcService.class);
    }
}
