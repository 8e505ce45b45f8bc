package io.quarkiverse.posthog.runtime.dev;

import java.util.List;

import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.check.KeyScope;

/** The report of an account check for the Dev UI. */
public record ReportView(String account, String status, String at, long millis, List<CheckView> checks,
        List<KeyScope> scopes) {

    /**
     * The result of one check.
     *
     * @param nextStep the next step; null if there is none
     */
    public record CheckView(String id, String title, String status, String found, String nextStep) {
    }

    static ReportView of(CheckReport report) {
        return new ReportView(report.account(), report.status().name(), report.checkedAt().toString(),
                report.duration().toMillis(),
                report.checks().stream().map(check -> new CheckView(check.id().name(), check.id().title(),
                        check.status().name(), check.message(), check.nextStep().orElse(null))).toList(),
                report.scopes());
    }
}
