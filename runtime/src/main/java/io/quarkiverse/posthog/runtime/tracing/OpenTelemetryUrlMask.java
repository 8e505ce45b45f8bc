package io.quarkiverse.posthog.runtime.tracing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Instance;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.support.SecretMask;

/** Masks the keys of accounts in the URLs of the spans of their requests. Spans of other requests are not changed. */
// No scope: a bean only if OpenTelemetry is present
public class OpenTelemetryUrlMask implements SpanProcessor {

    /** The URL of a request, in the present and the former conventions. */
    private static final List<AttributeKey<String>> URL = keys("url.full", "http.url");

    private static final List<AttributeKey<String>> PARTS = keys("url.path", "url.query", "http.target");

    private final Instance<AccountRegistry> accounts;

    public OpenTelemetryUrlMask(Instance<AccountRegistry> accounts) {
        this.accounts = accounts;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        if (span.getKind() != SpanKind.CLIENT) {
            return;
        }
        String url = URL.stream().map(span::getAttribute).filter(Objects::nonNull).findFirst().orElse(null);
        if (url == null) {
            return;
        }
        for (ResolvedAccountConfig account : settings()) {
            if (isBelow(account.api(), url) || isBelow(account.ingestion(), url)) {
                SecretMask mask = mask(account);
                Stream.concat(URL.stream(), PARTS.stream()).forEach(key -> mask(span, key, mask));
            }
        }
    }

    private List<ResolvedAccountConfig> settings() {
        try {
            return accounts.get().settings();
        } catch (RuntimeException e) {
            // The application is starting or stopping, and has no accounts that could send requests
            return List.of();
        }
    }

    private static void mask(ReadWriteSpan span, AttributeKey<String> key, SecretMask mask) {
        String text = span.getAttribute(key);
        if (text != null) {
            span.setAttribute(key, mask.mask(text));
        }
    }

    /** Returns a mask for the keys, in plain and URL-encoded form. */
    private static SecretMask mask(ResolvedAccountConfig account) {
        return new SecretMask(account.secrets().stream()
                .flatMap(key -> Stream.of(key, URLEncoder.encode(key, StandardCharsets.UTF_8))).toList());
    }

    /** Returns whether the URL has the same scheme, host and port. */
    private static boolean isBelow(URI base, String url) {
        String origin = base.getScheme() + "://" + base.getRawAuthority();
        return url.startsWith(origin) && (url.length() == origin.length() || "/?".indexOf(url.charAt(origin.length())) >= 0);
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // Masked at the start
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }

    private static List<AttributeKey<String>> keys(String... names) {
        return Stream.of(names).map(AttributeKey::stringKey).toList();
    }
}
