package io.quarkiverse.posthog.runtime.functions.access;

import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.support.BoundedCache;

/** The approvals that apply to a whole session. */
public final class Approvals {

    /** When there are more, the approvals that were not used for the longest time expire. */
    private static final int MAX_APPROVALS = 1_000;

    private record Approval(String session, String user, String function, String account) {

        static Approval of(Caller caller, String function, String account) {
            return new Approval(caller.session(), caller.user(), function, account);
        }
    }

    private final BoundedCache<Approval, Boolean> approvals = new BoundedCache<>(MAX_APPROVALS);

    public void remember(Caller caller, String function, String account) {
        approvals.put(Approval.of(caller, function, account), true);
    }

    public boolean contains(Caller caller, String function, String account) {
        return approvals.get(Approval.of(caller, function, account)) != null;
    }
}
