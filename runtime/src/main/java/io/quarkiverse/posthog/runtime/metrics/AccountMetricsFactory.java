package io.quarkiverse.posthog.runtime.metrics;

/** Makes the metrics of accounts. There is a bean of it where the application has metrics. */
public interface AccountMetricsFactory {

    /** Where it has none. */
    AccountMetricsFactory NONE = account -> AccountMetrics.NONE;

    AccountMetrics of(String account);
}
