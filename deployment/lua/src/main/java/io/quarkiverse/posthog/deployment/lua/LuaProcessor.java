package io.quarkiverse.posthog.deployment.lua;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.quarkiverse.posthog.deployment.ReservedAccountNameBuildItem;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.runtime.lua.LuaBuildTimeConfig;
import io.quarkiverse.posthog.runtime.lua.ScriptDocumentation;
import io.quarkiverse.posthog.runtime.lua.ScriptRunner;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;

/** Runs scripts, if the application enables it. */
class LuaProcessor {

    private static final String FEATURE = "posthog-lua";

    /** The feature of the module whose MCP server has the tools. Its classes may be missing. */
    private static final String MCP_FEATURE = "posthog-mcp";

    private static final String MCP_TOOLS = "io.quarkiverse.posthog.runtime.lua.mcp.LuaTools";

    /** Whether the application enables scripts. */
    static final class Enabled implements BooleanSupplier {

        private final LuaBuildTimeConfig config;

        Enabled(LuaBuildTimeConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.enabled();
        }
    }

    /** Without this, {@code quarkus.posthog.lua} could be the configuration of an account. */
    @BuildStep
    ReservedAccountNameBuildItem prefix() {
        return new ReservedAccountNameBuildItem("lua");
    }

    @BuildStep(onlyIf = Enabled.class)
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep(onlyIf = Enabled.class)
    AdditionalBeanBuildItem runner() {
        return AdditionalBeanBuildItem.builder().setUnremovable().addBeanClass(ScriptRunner.class).build();
    }

    @BuildStep(onlyIf = Enabled.class)
    void tools(List<FeatureBuildItem> features, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (features.stream().anyMatch(feature -> feature.getName().equals(MCP_FEATURE))) {
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable().addBeanClass(MCP_TOOLS).build());
        }
    }

    @BuildStep(onlyIf = Enabled.class)
    UnremovableBeanBuildItem lookedUpBeans() {
        return UnremovableBeanBuildItem.beanTypes(FunctionAuthorizer.class);
    }

    @BuildStep(onlyIf = Enabled.class)
    NativeImageResourceBuildItem guides() {
        return new NativeImageResourceBuildItem(ScriptDocumentation.resources().toArray(String[]::new));
    }
}
