package io.quarkiverse.posthog.runtime.metrics;

/** Creates the metrics of accounts. The bean only exists in applications with metrics. */
public interface AccountMetricsFactory {

    /** Creates no metrics, for applications without them. */
    AccountMetricsFactory NONE = account -> AccountMetrics.NONE;

    AccountMetrics of(String account);
}
