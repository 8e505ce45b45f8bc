package io.quarkiverse.posthog.runtime.functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.access.AccessPolicy;
import io.quarkiverse.posthog.runtime.functions.access.ApprovalMessage;
import io.quarkiverse.posthog.runtime.functions.access.ApprovalRequest;
import io.quarkiverse.posthog.runtime.functions.access.Approvals;
import io.quarkiverse.posthog.runtime.functions.access.Approver.Answer;
import io.quarkiverse.posthog.runtime.functions.arguments.ArgumentValidator;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.quarkiverse.posthog.runtime.functions.arguments.NearestNames;
import io.quarkiverse.posthog.runtime.functions.result.ResultLimits;
import io.quarkiverse.posthog.runtime.functions.result.Results;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/**
 * Decides and performs every call: finds the function and the account, validates the arguments, applies the policy, and
 * stops before the request of a dry run. There is no other way to call a function.
 */
public final class FunctionExecutor {

    private static final int MAX_SUGGESTIONS = 3;

    private final FunctionCatalog catalog;
    private final Map<String, FunctionAccount> accounts;
    private final AccessPolicy policy;
    private final ResultLimits limits;
    private final Approvals approvals;

    /** @param accounts the accounts that can be used, by name */
    public FunctionExecutor(FunctionCatalog catalog, Map<String, FunctionAccount> accounts, AccessPolicy policy,
            ResultLimits limits) {
        this(catalog, new TreeMap<>(accounts), policy, limits, new Approvals());
    }

    private FunctionExecutor(FunctionCatalog catalog, Map<String, FunctionAccount> accounts, AccessPolicy policy,
            ResultLimits limits, Approvals approvals) {
        this.catalog = catalog;
        this.accounts = accounts;
        this.policy = policy;
        this.limits = limits;
        this.approvals = approvals;
    }

    /** Returns an executor with the same accounts, policy, masks and approvals, whose results can have another size. */
    public FunctionExecutor withMaxCharacters(int maxCharacters) {
        return new FunctionExecutor(catalog, accounts, policy, new ResultLimits(maxCharacters, limits.maskPersonalData()),
                approvals);
    }

    public FunctionCatalog catalog() {
        return catalog;
    }

    public AccessPolicy policy() {
        return policy;
    }

    /** Returns all accounts, by name. */
    public Map<String, FunctionAccount> accounts() {
        return accounts;
    }

    /** Returns the accounts for which some user can call the function. */
    public List<String> possibleAccounts(FunctionDefinition function) {
        return accounts.keySet().stream().filter(account -> policy.isPossible(function, account)).toList();
    }

    /** Returns the accounts for which a user can call the function, possibly after approval. */
    public List<String> permittedAccounts(FunctionDefinition function, Optional<SecurityIdentity> identity) {
        return accounts.keySet().stream().filter(account -> policy.decide(function, account, identity) != Access.DENY)
                .toList();
    }

    /** Returns the accounts for which a user can call some function, possibly after approval. */
    public List<String> permittedAccounts(Optional<SecurityIdentity> identity) {
        return accounts.keySet().stream().filter(account -> catalog.functions().stream()
                .anyMatch(function -> policy.decide(function, account, identity) != Access.DENY)).toList();
    }

    /**
     * Calls a function. Never fails: the result contains the error. Emits the result on the event loop context of the caller,
     * if there is one.
     */
    public Uni<FunctionResult> execute(FunctionCall call) {
        return Uni.createFrom().deferred(() -> CallerContext.keep(new Execution(call).result()));
    }

    /** Returns the result of a call that failed before it could be executed. */
    public FunctionResult failed(FunctionError error, String function) {
        return ErrorMapper.result(error.at(null, function));
    }

    /** Returns the account of a call that names none; empty if there is no obvious one. */
    public static Optional<String> defaultAccount(List<String> accounts) {
        if (accounts.size() == 1) {
            return Optional.of(accounts.get(0));
        }
        return Optional.of(PostHogAccount.DEFAULT).filter(accounts::contains);
    }

    /** A call in progress. */
    private final class Execution {

        private final FunctionCall call;
        private String account;

        Execution(FunctionCall call) {
            this.call = call;
        }

        Uni<FunctionResult> result() {
            return Uni.createFrom().deferred(this::decided)
                    .map(content -> new FunctionResult(content, content.toString(), null))
                    .onFailure().recoverWithItem(failure -> ErrorMapper
                            .result(ErrorMapper.error(failure, account, call.function())));
        }

        private Uni<ObjectNode> decided() {
            FunctionDefinition function = catalog.find(call.function()).orElseThrow(this::unknownFunction);
            FunctionAccount selected = selectedAccount(function);
            account = selected.name();
            Arguments arguments = ArgumentValidator.validate(function, account, call.arguments());
            Access access = policy.decide(function, account, call.caller().identity());
            if (access == Access.DENY) {
                throw new FunctionException(denied(function));
            }
            boolean full = arguments.text("fields").filter("full"::equals).isPresent();
            Invocation invocation = new Invocation(selected, arguments, new Results(limits, selected, full));
            boolean ask = access == Access.ASK && !approvals.contains(call.caller(), function.name(), account);
            if (function.behavior() instanceof FunctionBehavior.Write write) {
                return written(function, write, invocation, ask);
            }
            FunctionBehavior.Read read = (FunctionBehavior.Read) function.behavior();
            return ask
                    ? approved(function, ApprovalMessage.of(function, selected, arguments)).chain(() -> read.read(invocation))
                    : read.read(invocation);
        }

        private Uni<ObjectNode> written(FunctionDefinition function, FunctionBehavior.Write write, Invocation invocation,
                boolean ask) {
            boolean dryRun = invocation.arguments().isTrue(FunctionDefinition.DRY_RUN);
            return write.prepare(invocation, dryRun || ask).chain(prepared -> {
                if (dryRun) {
                    return Uni.createFrom().item(() -> preview(invocation, prepared, ask));
                }
                return ask ? approved(function, ApprovalMessage.of(function, invocation.account(), prepared))
                        .chain(() -> prepared.send().get())
                        : prepared.send().get();
            });
        }

        private ObjectNode preview(Invocation invocation, PreparedWrite write, boolean ask) {
            ObjectNode preview = JsonNodeFactory.instance.objectNode().put("dry_run", true)
                    .put("description", write.target()).put("method", write.method()).put("path", write.path());
            preview.set("body", invocation.results().withoutKeys(write.body()));
            ArrayNode changes = JsonNodeFactory.instance.arrayNode();
            write.changes().forEach(change -> {
                ObjectNode json = changes.addObject().put("field", change.field());
                json.set("before", change.before().isMissingNode() ? null : change.before());
                json.set("after", change.after().isMissingNode() ? null : change.after());
            });
            if (!changes.isEmpty()) {
                preview.set("changes", changes);
            }
            preview.put("approval_required", ask);
            return invocation.results().object(preview);
        }

        /** Completes if a person approves the call, and fails otherwise. */
        private Uni<Void> approved(FunctionDefinition function, String message) {
            return call.caller().approver().ask(new ApprovalRequest(function, account, message, Answer.SESSION))
                    .onFailure().recoverWithItem(Answer.NO_ANSWER)
                    .invoke(answer -> {
                        if (answer == Answer.SESSION) {
                            approvals.remember(call.caller(), function.name(), account);
                        } else if (answer != Answer.ONCE && answer != Answer.SCRIPT) {
                            throw new FunctionException(notApproved(function, answer));
                        }
                    }).replaceWithVoid();
        }

        private FunctionAccount selectedAccount(FunctionDefinition function) {
            List<String> permitted = permittedAccounts(function, call.caller().identity());
            Object given = call.arguments().get(FunctionDefinition.ACCOUNT);
            if (given == null || "".equals(given)) {
                List<String> candidates = permitted.isEmpty() ? List.copyOf(accounts.keySet()) : permitted;
                return defaultAccount(candidates).map(accounts::get).orElseThrow(() -> new FunctionException(
                        FunctionError.of(Type.UNKNOWN_ACCOUNT, accounts.isEmpty() ? "This server has no PostHog account."
                                : "account is required, because there are several accounts").field(FunctionDefinition.ACCOUNT)
                                .allowed(permitted).hint("Name the account for which the task is meant.")));
            }
            FunctionAccount selected = given instanceof String name ? accounts.get(name) : null;
            if (selected == null) {
                List<String> near = given instanceof String name ? NearestNames.of(name, permitted, MAX_SUGGESTIONS)
                        : List.of();
                throw new FunctionException(FunctionError.of(Type.UNKNOWN_ACCOUNT,
                        "There is no such account"
                                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"))
                        .field(FunctionDefinition.ACCOUNT).allowed(permitted)
                        .hint("Accounts are configured on the server. Use one of the allowed names."));
            }
            return selected;
        }

        private FunctionException unknownFunction() {
            List<String> near = NearestNames.of(call.function(), catalog.names(), MAX_SUGGESTIONS);
            return new FunctionException(FunctionError.of(Type.UNKNOWN_FUNCTION, "There is no such function"
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?")).field("function")
                    .allowed(near.isEmpty() ? catalog.names() : near));
        }

        private FunctionError denied(FunctionDefinition function) {
            return FunctionError.of(Type.DENIED, "The server does not permit to " + verb(function) + " with account '" + account
                    + "' (" + function.name() + ")")
                    .hint("Do not try to get around this. If the task needs it, tell the user.");
        }

        private FunctionError notApproved(FunctionDefinition function, Answer answer) {
            return switch (answer) {
                case NO -> FunctionError.of(Type.DENIED, "The user rejected " + function.name() + ".")
                        .hint("Do not repeat the call. Ask the user what to do instead.");
                case NO_ANSWER -> FunctionError.of(Type.DENIED, "The user did not approve " + function.name() + " in time.")
                        .hint("Nothing was " + (function.operation() == FunctionOperation.READ ? "read" : "changed")
                                + ". Ask the user before you call the function again.");
                default -> FunctionError.of(Type.APPROVAL_REQUIRED, function.name()
                        + " needs the approval of a person, who cannot be asked here.")
                        .hint((function.operation() == FunctionOperation.READ ? ""
                                : "Call it with dry_run to show the user "
                                        + "what it would change. ")
                                + "To permit it without approval, the operator of the server sets "
                                + policy.property(function.operation(), account)
                                + "=allow, or the user uses an MCP client that supports elicitation.");
            };
        }
    }

    private static String verb(FunctionDefinition function) {
        return function.operation() == FunctionOperation.READ ? "read data" : "change data";
    }
}
