package io.quarkiverse.posthog.runtime.gating;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import jakarta.ws.rs.core.FeatureContext;

import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.runtime.capture.LogLines;

/** Which endpoints get a filter, and which gate it is for. */
class FeatureGateDynamicFeatureTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final GateRegistry gates = new GateRegistry();
    private final List<Object> filters = new ArrayList<>();

    interface Api {

        String find(String[] ids, long limit);
    }

    static class Base {

        public String find(String[] ids, long limit) {
            return "";
        }
    }

    static class Resource extends Base implements Api {

        public String list() {
            return "";
        }
    }

    @Test
    @Tag("GATE-9")
    void anEndpointWithoutAGateHasNoFilter() {
        gates.add(Resource.class.getName() + "#find(java.lang.String)", gate("another method"));
        gates.add(GateRegistry.method(Resource.class.getName(), "list", List.of()), gate("list"));

        configure("find", String[].class, long.class);

        assertThat(filters).isEmpty();
    }

    @Test
    @Tag("GATE-9")
    void anEndpointWithAGateHasOneFilter() {
        gates.add(GateRegistry.method(Resource.class.getName(), "list", List.of()), gate("list"));
        gates.add(Resource.class.getName(), gate("class"));

        configure("list");

        assertThat(filters).singleElement().isInstanceOf(FeatureGateFilter.class);
    }

    @Test
    void gatesAreFoundByTheNamesOfTheirMethods() {
        assertThat(GateRegistry.method("org.acme.Api", "find", List.of("[Ljava.lang.String;", "long")))
                .isEqualTo("org.acme.Api#find([Ljava.lang.String;,long)");
    }

    @Test
    @Tag("GATE-6")
    void aMethodWinsOverAClassHoweverFarItIs() {
        gates.add(Resource.class.getName(), gate("class"));
        gates.add(find(Api.class), gate("interface"));
        assertThat(found()).isEqualTo("interface");

        gates.add(find(Base.class), gate("superclass"));
        assertThat(found()).isEqualTo("superclass");

        gates.add(find(Resource.class), gate("method"));
        assertThat(found()).isEqualTo("method");
    }

    @Test
    @Tag("GATE-6")
    void theNearestClassCounts() {
        gates.add(Api.class.getName(), gate("interface"));
        assertThat(found()).isEqualTo("interface");

        gates.add(Base.class.getName(), gate("superclass"));
        assertThat(found()).isEqualTo("superclass");

        gates.add(Resource.class.getName(), gate("class"));
        assertThat(found()).isEqualTo("class");
    }

    @Test
    @Tag("GATE-10")
    void aGateOfNoEndpointIsWarnedOf() {
        gates.add(find(Api.class), gate("used"));
        gates.add(Resource.class.getName(), gate("hidden behind it, but of an endpoint"));
        gates.add(GateRegistry.method(Resource.class.getName(), "list", List.of("int")), gate("unused"));

        configure("find", String[].class, long.class);
        configure("list");
        new FeatureGateDynamicFeature(gates, null).check(null);

        assertThat(log.warnings()).containsExactly("@FeatureGate at " + Resource.class.getName() + "#list(int) "
                + "does not apply to any endpoint and is ignored; put it on a class or method of an endpoint, or remove it");
    }

    private static String find(Class<?> type) {
        return GateRegistry.method(type.getName(), "find", List.of(String[].class.getName(), "long"));
    }

    private String found() {
        return gates.of(Resource.class, "find", new Class<?>[] { String[].class, long.class }).flag();
    }

    private static GateConfig gate(String flag) {
        return new GateConfig(flag, "", 404, "default", false);
    }

    private void configure(String method, Class<?>... parameters) {
        FeatureContext context = (FeatureContext) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { FeatureContext.class }, (proxy, called, arguments) -> {
                    assertThat(called.getName()).isEqualTo("register");
                    filters.add(arguments[0]);
                    return proxy;
                });
        new FeatureGateDynamicFeature(gates, null).configure(
                new ResteasyReactiveResourceInfo(method, Resource.class, parameters, true, Resource.class.getName()),
                context);
    }
}
