package io.quarkiverse.posthog.runtime.dev;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkus.runtime.annotations.DevMCPEnableByDefault;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** The functions of the Dev UI and Dev MCP for the PostHog accounts that the application uses. */
public class AccountsJsonRpcService {

    private static final String ACCOUNT = "The name of the account, 'default' for the default account";

    private final DevUiAccounts accounts;
    private final EmulatorStatus emulator;

    @Inject
    public AccountsJsonRpcService(DevUiAccounts accounts, Vertx vertx) {
        this.accounts = accounts;
        this.emulator = new EmulatorStatus(vertx);
    }

    @PreDestroy
    void close() {
        emulator.close();
    }

    @NonBlocking
    @DevMCPEnableByDefault
    @JsonRpcDescription("The PostHog accounts that the application uses: their hosts, the available keys, whether PostHog is "
            + "emulated, and the numbers of queued, delivered and dropped events, with the reasons")
    public List<AccountView> accounts() {
        return accounts.all().stream().map(this::view).toList();
    }

    @NonBlocking
    @JsonRpcDescription("The memory that the PostHog emulator of an account uses, its limit, and how much data was evicted to "
            + "stay within it")
    public Uni<EmulatorView> emulator(@JsonRpcDescription(ACCOUNT) String account) {
        PostHogClient running = accounts.get(account);
        return accounts.isEmulated(running) ? emulator.read(running.settings().api())
                : Uni.createFrom().failure(new IllegalStateException("PostHog account '" + account + "' is not emulated"));
    }

    /** Returns the label of the page. */
    @NonBlocking
    @JsonRpcDescription("The number of PostHog accounts that the application uses")
    public String accountCount() {
        return Integer.toString(accounts.all().size());
    }

    @NonBlocking
    @DevMCPEnableByDefault
    @JsonRpcDescription("Checks whether a PostHog account works: hosts, keys, scopes, project, clock and delivery, each with "
            + "the finding and the next step. Changes nothing, and is not billed")
    public Uni<ReportView> check(@JsonRpcDescription(ACCOUNT) String account) {
        return accounts.get(account).check().map(ReportView::of);
    }

    @NonBlocking
    @JsonRpcDescription("Sends the queued events of an account now")
    public Uni<AccountView> flush(@JsonRpcDescription(ACCOUNT) String account) {
        PostHogClient running = accounts.get(account);
        return running.flush().map(status -> view(running));
    }

    @NonBlocking
    @JsonRpcDescription("Stops capturing events with an account, until it is enabled again or the application restarts")
    public AccountView optOut(@JsonRpcDescription(ACCOUNT) String account) {
        accounts.get(account).optOut();
        return view(accounts.get(account));
    }

    @NonBlocking
    @JsonRpcDescription("Captures events with an account again")
    public AccountView optIn(@JsonRpcDescription(ACCOUNT) String account) {
        accounts.get(account).optIn();
        return view(accounts.get(account));
    }

    private AccountView view(PostHogClient running) {
        ResolvedAccountConfig account = running.settings();
        CaptureStatus status = running.captureStatus();
        Map<String, Long> dropped = new TreeMap<>();
        status.dropped().forEach((reason, count) -> dropped.put(reason.name(), count));
        return new AccountView(account.name(), accounts.isEmulated(running), account.api().toString(),
                account.ingestion().toString(), account.projectId(), account.projectApiKey().isPresent(),
                account.personalApiKey().isPresent(), account.dedicatedSecureKey().isPresent(), running.isOptedOut(),
                status.queued(), status.queuedBytes(), status.accepted(), status.delivered(), dropped, status.requests(),
                status.retries(), status.pausedUntil().map(Instant::toString).orElse(null),
                status.lastFailure().orElse(null), definitions(running.flagDefinitionsStatus()));
    }

    private static String definitions(FlagDefinitionsStatus status) {
        if (!status.enabled()) {
            return "PostHog evaluates all flags";
        }
        String loaded = status.loaded() ? status.flagCount() + " flags are loaded, confirmed at "
                + status.confirmedAt().map(Instant::toString).orElse("?") : "none are loaded";
        return loaded + status.lastFailure().map(failure -> "; " + failure).orElse("");
    }
}
