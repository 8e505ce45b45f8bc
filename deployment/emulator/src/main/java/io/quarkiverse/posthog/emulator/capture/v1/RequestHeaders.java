package io.quarkiverse.posthog.emulator.capture.v1;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.BodyDecoder;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.vertx.core.http.HttpServerRequest;

/**
 * The data in the headers of a request.
 *
 * @param sentAt when the client sent it, by its own clock
 * @param sdk name and version of the client
 */
record RequestHeaders(Instant sentAt, SdkInfo sdk) {

    static final String REQUEST_ID = "PostHog-Request-Id";

    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "bearer ";
    private static final String SDK_INFO = "PostHog-Sdk-Info";
    private static final String ATTEMPT = "PostHog-Attempt";
    private static final String TIMESTAMP = "PostHog-Request-Timestamp";
    private static final long MAX_ATTEMPT = 0xFFFFFFFFL;
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String CONTENT_ENCODING = "Content-Encoding";
    private static final String USER_AGENT = "User-Agent";

    /** Checks the headers in the order in which PostHog does. */
    static RequestHeaders read(HttpServerRequest request, String projectToken) {
        requireAll(request);
        requireToken(request.getHeader(AUTHORIZATION), projectToken);
        requireJson(request.getHeader(CONTENT_TYPE));
        requireKnownEncoding(request.getHeader(CONTENT_ENCODING));
        ApiRequest.uuid(request.getHeader(REQUEST_ID)).orElseThrow(() -> invalid(REQUEST_ID, "a UUID"));
        ApiRequest.integer(request.getHeader(ATTEMPT)).stream().filter(n -> n >= 1 && n <= MAX_ATTEMPT).findFirst()
                .orElseThrow(() -> invalid(ATTEMPT, "a positive integer"));
        Instant sentAt = TimestampFormats.rfc3339(request.getHeader(TIMESTAMP))
                .orElseThrow(() -> invalid(TIMESTAMP, "RFC 3339"));
        return new RequestHeaders(sentAt, SdkInfo.of(request.getHeader(SDK_INFO)));
    }

    private static void requireAll(HttpServerRequest request) {
        if (request.getHeader(AUTHORIZATION) == null) {
            throw new BatchRejectedException(401, "missing_authorization", "the header Authorization is missing");
        }
        String userAgent = request.getHeader(USER_AGENT);
        List<String> missing = Stream.of(SDK_INFO, ATTEMPT, REQUEST_ID, TIMESTAMP, CONTENT_TYPE, USER_AGENT)
                .filter(name -> request.getHeader(name) == null || name.equals(USER_AGENT) && userAgent.isBlank()).toList();
        if (!missing.isEmpty()) {
            throw new BatchRejectedException(400, "missing_required_headers", "these headers are missing: " + missing);
        }
    }

    private static void requireToken(String authorization, String projectToken) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw invalid(AUTHORIZATION, "of the scheme Bearer");
        }
        if (!authorization.substring(BEARER.length()).trim().equals(projectToken)) {
            throw new BatchRejectedException(401, "invalid_api_token", "the project token is not valid");
        }
    }

    private static void requireJson(String contentType) {
        if (!contentType.split(";", 2)[0].trim().equalsIgnoreCase("application/json")) {
            throw new BatchRejectedException(415, "unsupported_content_type",
                    "the content type is not supported: " + contentType);
        }
    }

    /** Even {@code identity} is not supported. */
    private static void requireKnownEncoding(String encoding) {
        if (encoding != null && !BodyDecoder.supports(encoding)) {
            throw new BatchRejectedException(415, "unsupported_encoding", "the content encoding is not supported: " + encoding);
        }
    }

    private static BatchRejectedException invalid(String header, String expected) {
        return new BatchRejectedException(400, "invalid_header_value", "the header " + header + " has to be " + expected);
    }
}
