package io.quarkiverse.posthog.deployment.mcp;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.ClassType;
import org.jboss.logging.Logger;

import io.quarkiverse.mcp.server.McpServer;
import io.quarkiverse.mcp.server.deployment.ServerNameBuildItem;
import io.quarkiverse.mcp.server.runtime.McpRequestValidator;
import io.quarkiverse.posthog.deployment.ReservedAccountNameBuildItem;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.runtime.mcp.CallNormalizer;
import io.quarkiverse.posthog.runtime.mcp.EndpointSecurityCheck;
import io.quarkiverse.posthog.runtime.mcp.FunctionsProducer;
import io.quarkiverse.posthog.runtime.mcp.McpBuildTimeConfig;
import io.quarkiverse.posthog.runtime.mcp.McpCallers;
import io.quarkiverse.posthog.runtime.mcp.McpConfig;
import io.quarkiverse.posthog.runtime.mcp.McpEndpoint;
import io.quarkiverse.posthog.runtime.mcp.McpPrompts;
import io.quarkiverse.posthog.runtime.mcp.McpRecorder;
import io.quarkiverse.posthog.runtime.mcp.McpRegistration;
import io.quarkiverse.posthog.runtime.mcp.McpResources;
import io.quarkiverse.posthog.runtime.mcp.McpTools;
import io.quarkiverse.posthog.runtime.mcp.OtherValidators;
import io.quarkiverse.posthog.runtime.mcp.PermittedToolsFilter;
import io.quarkiverse.posthog.runtime.mcp.ServerInstructions;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.recording.RecorderContext;

/** Offers the functions to MCP clients, if the application enables it. */
class McpProcessor {

    private static final Logger LOG = Logger.getLogger(McpProcessor.class);

    private static final String FEATURE = "posthog-mcp";

    private static final String HTTP = "io.quarkiverse.mcp.server.http.runtime.HttpMcpServerRecorder";

    private static final List<String> TRANSPORTS = List.of(HTTP,
            "io.quarkiverse.mcp.server.stdio.runtime.StdioMcpServerRecorder",
            "io.quarkiverse.mcp.server.websocket.runtime.WebSocketMcpMessageHandler");

    /** Whether the application enables the functions. */
    static final class Enabled implements BooleanSupplier {

        private final McpBuildTimeConfig config;

        Enabled(McpBuildTimeConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.enabled();
        }
    }

    /** Without this, {@code quarkus.posthog.mcp} could be the configuration of an account. */
    @BuildStep
    ReservedAccountNameBuildItem prefix() {
        return new ReservedAccountNameBuildItem("mcp");
    }

    @BuildStep(onlyIf = Enabled.class)
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep(onlyIf = Enabled.class)
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder().setUnremovable()
                .addBeanClasses(FunctionsProducer.class, McpCallers.class, McpTools.class, McpResources.class,
                        McpPrompts.class, McpRegistration.class, PermittedToolsFilter.class, ServerInstructions.class,
                        EndpointSecurityCheck.class, CallNormalizer.class)
                .build();
    }

    @BuildStep(onlyIf = Enabled.class)
    UnremovableBeanBuildItem lookedUpBeans() {
        return UnremovableBeanBuildItem.beanTypes(FunctionAuthorizer.class, McpRequestValidator.class);
    }

    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.STATIC_INIT)
    void endpoint(McpRecorder recorder, McpBuildTimeConfig config, List<ServerNameBuildItem> servers,
            BuildProducer<SyntheticBeanBuildItem> beans, BuildProducer<ValidationErrorBuildItem> errors) {
        String server = config.server().orElse(McpServer.DEFAULT);
        List<String> names = servers.stream().map(ServerNameBuildItem::getName).distinct().toList();
        if (!names.contains(server)) {
            errors.produce(new ValidationErrorBuildItem(new DeploymentException(McpConfig.PREFIX + ".server is '" + server
                    + "', but there is no such MCP server; configure it with quarkus.mcp.server.\"" + server
                    + "\".http.root-path. MCP servers: "
                    + names.stream().map(name -> name.equals(McpServer.DEFAULT) ? "the default server" : name)
                            .collect(Collectors.joining(", ")))));
        }
        if (TRANSPORTS.stream().noneMatch(QuarkusClassLoader::isClassPresentAtRuntime)) {
            LOG.warn(McpConfig.PREFIX + ".enabled is true, but the application has no transport for MCP clients; add "
                    + "io.quarkiverse.mcp:quarkus-mcp-server-http, -stdio or -websocket");
        }
        beans.produce(SyntheticBeanBuildItem.configure(McpEndpoint.class).scope(Singleton.class).unremovable()
                .supplier(recorder.endpoint(server, path(server))).done());
    }

    /** The application can have other validators of messages, such as the schema validator of the MCP server. */
    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem validators(McpRecorder recorder, RecorderContext context, BeanDiscoveryFinishedBuildItem beans) {
        List<Class<?>> classes = beans.beanStream().classBeans().assignableTo(ClassType.create(McpRequestValidator.class))
                .stream().map(bean -> bean.getBeanClass().toString())
                .filter(name -> !name.equals(CallNormalizer.class.getName()))
                .<Class<?>> map(context::classProxy).toList();
        return SyntheticBeanBuildItem.configure(OtherValidators.class).scope(Singleton.class).unremovable()
                .supplier(recorder.validators(classes)).done();
    }

    /** Returns the path of the HTTP endpoint of a server; null without one. */
    private static String path(String server) {
        String prefix = "quarkus.mcp.server." + (server.equals(McpServer.DEFAULT) ? "" : "\"" + server + "\".") + "http.";
        boolean enabled = ConfigProvider.getConfig().getOptionalValue(prefix + "enabled", Boolean.class).orElse(true);
        if (!enabled || !QuarkusClassLoader.isClassPresentAtRuntime(HTTP)) {
            return null;
        }
        String root = ConfigProvider.getConfig().getOptionalValue("quarkus.http.root-path", String.class).orElse("/");
        String path = ConfigProvider.getConfig().getOptionalValue(prefix + "root-path", String.class).orElse("/mcp");
        return ("/" + root + "/" + path).replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", "");
    }
}
