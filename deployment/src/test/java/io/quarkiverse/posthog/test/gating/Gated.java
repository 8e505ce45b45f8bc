package io.quarkiverse.posthog.test.gating;

import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkus.runtime.BlockingOperationControl;
import io.smallrye.mutiny.Uni;

/** Endpoints with gates in all the places where gates may stand. */
@Path("/gated")
public class Gated {

    @GET
    @Path("/reactive")
    @FeatureGate("beta-ui")
    public Uni<String> reactive() {
        return Uni.createFrom().item(thread());
    }

    @GET
    @Path("/blocking")
    @FeatureGate("beta-ui")
    public String blocking() {
        return thread();
    }

    @POST
    @Path("/body")
    @Consumes(MediaType.APPLICATION_JSON)
    @FeatureGate("beta-ui")
    public Uni<String> body(Map<String, String> body) {
        return Uni.createFrom().item(body.get("text"));
    }

    @GET
    @Path("/variant")
    @FeatureGate(value = "layout", variant = "short")
    public String variant() {
        return "there";
    }

    @GET
    @Path("/forbidden")
    @FeatureGate(value = "beta-ui", status = 403)
    public String forbidden() {
        return "there";
    }

    @GET
    @Path("/optimistic")
    @FeatureGate(value = "beta-ui", defaultValue = true)
    public String optimistic() {
        return "there";
    }

    @GET
    @Path("/other")
    @FeatureGate(value = "beta-ui", account = "other")
    public String otherAccount() {
        return "there";
    }

    @GET
    @Path("/open")
    public String open() {
        return "there";
    }

    private static String thread() {
        return BlockingOperationControl.isBlockingAllowed() ? "worker" : "event loop";
    }

    @Path("/class")
    @FeatureGate("of-the-class")
    public static class GatedClass {

        @GET
        public String ofTheClass() {
            return "there";
        }

        @GET
        @Path("/own")
        @FeatureGate("of-the-method")
        public String ofTheMethod() {
            return "there";
        }
    }

    @Path("/interface")
    public interface Described {

        @GET
        @Path("/described/{ids}")
        @FeatureGate("of-the-interface")
        String described(@PathParam("ids") String ids);

        @GET
        @Path("/implemented/{id}")
        String implemented(@PathParam("id") long id);
    }

    public static class Implementation implements Described {

        @Override
        public String described(String ids) {
            return "there";
        }

        @Override
        @FeatureGate("of-the-implementation")
        public String implemented(long id) {
            return "there";
        }
    }

    public interface Finder<T> {

        @GET
        @FeatureGate("of-the-generic")
        String find(@QueryParam("id") T id);
    }

    @Path("/generic")
    public static class IdFinder implements Finder<Integer> {

        @Override
        public String find(Integer id) {
            return "there";
        }
    }

    @Path("/tree")
    public static class Tree {

        @Path("/branch")
        public Branch branch() {
            return new Branch();
        }
    }

    @FeatureGate("of-the-branch")
    public static class Branch {

        @GET
        public String leaf() {
            return "there";
        }
    }

    /** Knows more of who asks than the request says itself. */
    @Provider
    @Priority(Priorities.AUTHENTICATION)
    public static class Customers implements ContainerRequestFilter {

        @Inject
        PostHogContext context;

        @Inject
        PostHog postHog;

        @Override
        public void filter(ContainerRequestContext request) {
            String company = request.getHeaderString("X-Company");
            if (company != null) {
                context.addGroup("company", company);
                postHog.flagOverrides().setPersonProperties(Map.of("plan", "pro"));
            }
        }
    }
}
