package io.quarkiverse.posthog.emulator.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and the port that a request or a web page names.
 *
 * @param host in lower case and without a dot at its end; an IPv6 address is in brackets
 * @param port the port in digits, 80 if none is named
 */
record Authority(String host, int port) {

    /** Deliberately narrower than RFC 3986: no user info, no percent encoding, no zone of an IPv6 address. */
    private static final Pattern SYNTAX = Pattern.compile("(\\[[0-9a-f:.]+\\]|[0-9a-z._-]+?)\\.?(?::(\\d{0,5}))?");
    /** RFC 6761 reserves the name and all names below it. */
    private static final Pattern LOCALHOST = Pattern.compile("(?:[0-9a-z_-]+\\.)*localhost");
    private static final String OCTET = "\\.(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127" + OCTET.repeat(3));
    private static final int DEFAULT_PORT = 80;
    private static final int MAX_PORT = 65535;

    static Optional<Authority> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(2);
        int port = digits == null || digits.isEmpty() ? DEFAULT_PORT : Integer.parseInt(digits);
        return port > MAX_PORT ? Optional.empty() : Optional.of(new Authority(matcher.group(1), port));
    }

    /** Whether only this machine can have this host. {@code 0.0.0.0} is an address to listen on and does not count. */
    boolean isLoopback() {
        return LOCALHOST.matcher(host).matches() || LOOPBACK_IPV4.matcher(host).matches() || isLoopbackIpv6();
    }

    private boolean isLoopbackIpv6() {
        try {
            // An address in brackets is never looked up
            return host.startsWith("[") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
