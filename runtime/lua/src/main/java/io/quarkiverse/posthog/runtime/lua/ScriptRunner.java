package io.quarkiverse.posthog.runtime.lua;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptError;
import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutorFactory;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutorFactory.AccountAccess;
import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.quarkiverse.posthog.runtime.functions.result.ResultLimits;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkus.arc.All;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.impl.ContextInternal;

/** Runs scripts on the worker threads of Quarkus, a limited number at the same time. */
@Singleton
@Typed({ PostHogScripts.class, ScriptRunner.class })
public class ScriptRunner implements PostHogScripts {

    private static final Logger LOG = Logger.getLogger(ScriptRunner.class);

    private final ScriptLimits limits;
    private final ScriptQueue queue;
    private final ScriptDocumentation documentation = new ScriptDocumentation(FunctionCatalog.standard());
    private final FunctionExecutor functions;
    private final Instance<CurrentIdentityAssociation> identities;
    private final Set<Started> runs = ConcurrentHashMap.newKeySet();
    private final InstantSource clock;
    private volatile boolean closed;

    @Inject
    ScriptRunner(LuaConfig config, Config all, PostHogAccounts accounts, @All List<FunctionAuthorizer> authorizers,
            Instance<CurrentIdentityAssociation> identities, Instance<InstantSource> clocks) {
        this.limits = ScriptLimits.of(config.limits(), Runtime.getRuntime().maxMemory(), maxThreads(all));
        this.queue = new ScriptQueue(limits);
        this.identities = identities;
        this.clock = clocks.isResolvable() ? clocks.get() : InstantSource.system();
        Map<String, AccountAccess> access = new TreeMap<>();
        config.accounts().forEach((name, account) -> access.put(name, new AccountAccess(account.read(), account.write())));
        this.functions = new FunctionExecutorFactory(LuaConfig.PREFIX, config.read(), config.write(), access).create(accounts,
                authorizers, new ResultLimits(limits.resultCharacters(), config.maskPersonalData()));
    }

    /** Invalid limits prevent the start. */
    void validate(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        LOG.debugf("Limits of scripts: %s", limits);
    }

    private static int maxThreads(Config config) {
        return config.getOptionalValue("quarkus.thread-pool.max-threads", Integer.class)
                .orElseGet(() -> Math.max(8 * Runtime.getRuntime().availableProcessors(), 200));
    }

    /** Returns the functions for scripts of the application, with its policy. */
    public FunctionExecutor functions() {
        return functions;
    }

    public ScriptDocumentation documentation() {
        return documentation;
    }

    /** Returns the limits of a script, for people. */
    public ObjectNode describeLimits() {
        return JsonNodeFactory.instance.objectNode().put("cpu_seconds", limits.cpu().toMillis() / 1000.0)
                .put("memory", limits.memory()).put("calls", limits.calls());
    }

    @Override
    public Uni<ScriptResult> run(String source, ScriptOptions options) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(options, "options");
        return Uni.createFrom().deferred(() -> identity()
                .chain(identity -> run(source, options, functions,
                        new Caller(UUID.randomUUID().toString(), identity, Approver.NONE)))
                .onFailure(UnauthenticatedException.class).recoverWithItem(() -> failed(ScriptError.of("unauthorized",
                        "The user of the request could not be authenticated.", null))));
    }

    /** The user of a request could not be determined, which must not look like an application without users. */
    private static final class UnauthenticatedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnauthenticatedException(Throwable cause) {
            super(cause);
        }
    }

    private Uni<Optional<SecurityIdentity>> identity() {
        if (!identities.isResolvable() || !Arc.container().requestContext().isActive()) {
            return Uni.createFrom().item(Optional.empty());
        }
        // On the context of the caller, on which the script starts
        return CallerContext.keep(Uni.createFrom().deferred(() -> identities.get().getDeferredIdentity()))
                .map(Optional::ofNullable)
                .onFailure().invoke(failure -> LOG.debug("The user who runs a script could not be authenticated", failure))
                .onFailure().transform(UnauthenticatedException::new);
    }

    /**
     * Runs a script with the policy, accounts and masks of an entry point.
     *
     * @return completes with the result. Never fails. Emits it on the event loop context of the caller, if there is one.
     */
    public Uni<ScriptResult> run(String source, ScriptOptions options, FunctionExecutor executor, Caller caller) {
        return Uni.createFrom().deferred(() -> {
            if (source.length() > limits.sourceCharacters()) {
                return Uni.createFrom().item(failed(ScriptError.of("source_limit", "The script has " + source.length()
                        + " characters, but the limit is " + limits.sourceCharacters() + ".", null)));
            }
            ScriptLimits ofRun;
            try {
                ofRun = limits.with(options);
            } catch (IllegalArgumentException e) {
                return Uni.createFrom().item(failed(ScriptError.of("validation", e.getMessage(), null)));
            }
            ScriptRun run = new ScriptRun(source, ofRun, options, documentation, executor, caller, clock);
            return CallerContext.keep(Uni.createFrom().emitter(emitter -> new Started(run, emitter).start(ofRun.memory())));
        });
    }

    private static ScriptResult failed(ScriptError error) {
        return new ScriptResult("", List.of(), error, List.of(), 0, 0, Duration.ZERO);
    }

    /** A script that waits or runs. */
    private final class Started {

        private final ScriptRun run;
        private final UniEmitter<? super ScriptResult> emitter;
        private final AtomicReference<ScriptQueue.Turn> turn = new AtomicReference<>();

        /** The Vert.x context of the caller, with its trace and the values for logs; null if the caller has none. */
        private final ContextInternal context = ContextInternal.current();

        Started(ScriptRun run, UniEmitter<? super ScriptResult> emitter) {
            this.run = run;
            this.emitter = emitter;
        }

        void start(long memory) {
            runs.add(this);
            ScriptQueue.Turn added = queue.add(memory, this::execute);
            if (added == null) {
                end(failed(closed ? cancelled()
                        : ScriptError.of("busy", "Too many scripts are waiting.", null)
                                .hint("Try again later.")));
                return;
            }
            turn.set(added);
            emitter.onTermination(this::cancel);
            if (closed) {
                cancel();
            }
        }

        /** Called when it is its turn, on any thread. */
        private void execute(ScriptQueue.Turn own) {
            turn.set(own);
            try {
                submit(() -> end(result()));
            } catch (RejectedExecutionException e) {
                end(failed(ScriptError.of("busy", "The application has no free thread for the script.", null)
                        .hint("Try again later.")));
            }
        }

        /**
         * Runs a task on a worker thread, which has the Vert.x context of the thread that submits it. This thread can be the
         * thread of another script, whose context must not become the context of this script.
         *
         * @throws RejectedExecutionException if there is no thread. The scheduler of Mutiny would hide this.
         */
        private void submit(Runnable task) {
            ContextInternal current = ContextInternal.current();
            ContextInternal own = context != null || current == null ? context
                    : current.owner().createEventLoopContext().duplicate();
            if (own == current) {
                Infrastructure.getDefaultExecutor().execute(task);
                return;
            }
            ContextInternal before = own.beginDispatch();
            try {
                Infrastructure.getDefaultExecutor().execute(task);
            } finally {
                own.endDispatch(before);
            }
        }

        /** The turn must end in any case. */
        private ScriptResult result() {
            try {
                return run.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A script failed unexpectedly; its caller gets an error", e);
                return failed(ScriptError.of("internal", "The script failed unexpectedly. The log contains the reason.", null));
            }
        }

        private void end(ScriptResult result) {
            runs.remove(this);
            ScriptQueue.Turn own = turn.get();
            if (own != null) {
                own.end();
            }
            emitter.complete(result);
        }

        /** Stops the script, or prevents its start. */
        void cancel() {
            run.cancel();
            ScriptQueue.Turn own = turn.get();
            if (own != null && own.withdraw()) {
                end(failed(cancelled()));
            }
        }
    }

    private static ScriptError cancelled() {
        return ScriptError.of("cancelled", "The script was cancelled.", null);
    }

    /** Before the worker threads end, which waits for running tasks. */
    void stop(@Observes ShutdownEvent event) {
        close();
    }

    @PreDestroy
    void close() {
        closed = true;
        queue.close();
        runs.forEach(Started::cancel);
    }
}
