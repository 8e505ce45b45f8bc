package io.quarkiverse.posthog.emulator.capture.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Name and version of a client, which become properties of its events.
 *
 * @param lib {@code null} if the header is missing or malformed, which is not a reason to reject the request
 */
record SdkInfo(String lib, String version) {

    private static final int MAX_LENGTH = 200;

    /** A name may have slashes, so the last one counts. */
    static SdkInfo of(String header) {
        int slash = header.lastIndexOf('/');
        String lib = slash < 0 ? "" : header.substring(0, slash).trim();
        String version = header.substring(slash + 1).trim();
        return lib.isEmpty() || version.isEmpty() || header.length() > MAX_LENGTH ? new SdkInfo(null, null)
                : new SdkInfo(lib, version);
    }

    void addTo(ObjectNode properties) {
        if (lib != null) {
            properties.put("$lib", lib).put("$lib_version", version);
        }
    }
}
