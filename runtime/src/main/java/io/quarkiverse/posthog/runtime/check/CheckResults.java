package io.quarkiverse.posthog.runtime.check;

import java.util.Optional;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckStatus;

/** Creates the results of checks. */
final class CheckResults {

    private CheckResults() {
    }

    static Check ok(CheckId id, String message) {
        return new Check(id, CheckStatus.OK, message, Optional.empty());
    }

    /** Returns a passed check with advice. */
    static Check ok(CheckId id, String message, String advice) {
        return new Check(id, CheckStatus.OK, message, Optional.of(advice));
    }

    static Check skipped(CheckId id, String reason) {
        return new Check(id, CheckStatus.SKIPPED, reason, Optional.empty());
    }

    /** Returns a skipped check with advice on how to enable it. */
    static Check skipped(CheckId id, String reason, String advice) {
        return new Check(id, CheckStatus.SKIPPED, reason, Optional.of(advice));
    }

    static Check warning(CheckId id, String message, String nextStep) {
        return new Check(id, CheckStatus.WARNING, message, Optional.of(nextStep));
    }

    static Check failed(CheckId id, String message, String nextStep) {
        return new Check(id, CheckStatus.FAILED, message, Optional.of(nextStep));
    }
}
