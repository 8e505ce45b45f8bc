package io.quarkiverse.posthog.runtime.mcp;

import java.util.Optional;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.mcp.server.FeatureManager.FeatureArguments;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Determines who sends a request: the session, the user, and how to ask for an approval. */
@Singleton
public class McpCallers {

    private static final Logger LOG = Logger.getLogger(McpCallers.class);

    @Inject
    Instance<CurrentIdentityAssociation> identities;

    @Inject
    McpConfig config;

    /** Completes with the sender of a request. Fails if the user could not be authenticated. */
    Uni<Caller> of(FeatureArguments arguments) {
        ElicitationApprover approver = new ElicitationApprover(arguments.elicitation(), config.approvalTimeout());
        String session = arguments.connection().id();
        return identity().map(identity -> new Caller(session, identity, approver));
    }

    private Uni<Optional<SecurityIdentity>> identity() {
        if (!identities.isResolvable()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.createFrom().deferred(() -> identities.get().getDeferredIdentity()).map(Optional::ofNullable)
                .onFailure().transform(failure -> {
                    LOG.debug("The user of an MCP request could not be authenticated", failure);
                    return new McpException("Authentication failed", JsonRpcErrorCodes.SECURITY_ERROR);
                });
    }

    /** Returns the user of the current request, if it is known without waiting. */
    Optional<SecurityIdentity> currentIdentity() {
        CompletedIdentity identity = new CompletedIdentity();
        identity().subscribe().with(identity::complete, failure -> {
        });
        return identity.value;
    }

    private static final class CompletedIdentity {

        private Optional<SecurityIdentity> value = Optional.empty();

        void complete(Optional<SecurityIdentity> completed) {
            value = completed;
        }
    }
}
