package io.quarkiverse.posthog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import org.jboss.jandex.Index;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.flags.FeatureGate;
import io.smallrye.mutiny.Uni;

/** Gates that can't be. */
class FeatureGateValidatorTest {

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @HttpMethod("SEARCH")
    @interface SEARCH {
    }

    interface Api {

        @GET
        String described();
    }

    @FeatureGate("beta-ui")
    static class Good implements Api {

        @Override
        @FeatureGate(value = "beta-ui", status = 599)
        public String described() {
            return "";
        }

        @SEARCH
        @FeatureGate("beta-ui")
        public String search() {
            return "";
        }
    }

    /** Whatever extends it is gated. */
    @FeatureGate("beta-ui")
    abstract static class Base {
    }

    static class Extension extends Base implements Api {

        @Override
        public String described() {
            return "";
        }
    }

    @Test
    void endpointsMayHaveGates() throws Exception {
        assertThat(problems(true, Good.class, Api.class, SEARCH.class)).isEmpty();
        assertThat(problems(true, Base.class, Extension.class, Api.class)).isEmpty();
    }

    @Test
    @Tag("GATE-10")
    void withoutQuarkusRestThereAreNone() throws Exception {
        assertThat(problems(false, Good.class, Api.class, SEARCH.class)).hasSize(3)
                .allSatisfy(
                        problem -> assertThat(problem).contains("it requires Quarkus REST",
                                "add the extension quarkus-rest"));
    }

    static class Numbers {

        @GET
        @FeatureGate(value = " ", status = 399)
        public String twice() {
            return "";
        }
    }

    @Test
    @Tag("GATE-10")
    void reportsAllProblems() throws Exception {
        assertThat(problems(true, Numbers.class)).containsExactly(
                "the flag key must not be blank; set it to the flag that controls the endpoint",
                "the status must be from 400 to 599, but is 399");
    }

    static class Service {

        @FeatureGate("beta-ui")
        public void work() {
            // Nothing to do
        }
    }

    @FeatureGate("beta-ui")
    static class GatedService {
    }

    @Test
    @Tag("GATE-10")
    void otherBeansHaveNoGates() throws Exception {
        assertThat(problems(true, Service.class)).singleElement().asString().contains(
                "the method is not a REST endpoint",
                "such as @GET", "reactive routes and other beans can evaluate the flag instead", "@PostHogFlag");
        assertThat(problems(true, GatedService.class)).singleElement().asString().contains(
                "the class has no REST endpoints",
                "@PostHogFlag");
    }

    static class Locators {

        @Path("/branch")
        @FeatureGate("beta-ui")
        public Branch branch() {
            return new Branch();
        }
    }

    static class Branch {

        @GET
        public String leaf() {
            return "";
        }
    }

    @FeatureGate("beta-ui")
    static class GatedBranch extends Branch {
    }

    @FeatureGate("beta-ui")
    static class Tree {

        @GET
        public String root() {
            return "";
        }

        @Path("/branch")
        public Uni<Branch> branch() {
            return Uni.createFrom().item(new Branch());
        }
    }

    @FeatureGate("beta-ui")
    static class GatedTree {

        @GET
        public String root() {
            return "";
        }

        @Path("/branch")
        public GatedBranch branch() {
            return new GatedBranch();
        }
    }

    @Test
    @Tag("GATE-10")
    void gateOfALocatorDoesNotApplyToTheSubResource() throws Exception {
        assertThat(problems(true, Locators.class, Branch.class)).singleElement().asString()
                .contains("returns a sub-resource", "put the gate on the class of the sub-resource");
        assertThat(problems(true, Tree.class, Branch.class)).singleElement().asString()
                .contains("does not apply to the sub-resource that branch() returns", "put a gate on the class");
        assertThat(problems(true, GatedTree.class, GatedBranch.class, Branch.class)).isEmpty();
    }

    private static List<String> problems(boolean hasRest, Class<?>... classes) throws IOException {
        List<Class<?>> all = new ArrayList<>(List.of(classes));
        all.add(FeatureGate.class);
        Index index = Index.of(all);
        FeatureGateValidator problems = new FeatureGateValidator(index, hasRest);
        return index.getAnnotations(FeatureGateValidator.FEATURE_GATE).stream()
                .flatMap(annotation -> problems.of(FeatureGateInfo.of(annotation, index), annotation).stream())
                .toList();
    }
}
