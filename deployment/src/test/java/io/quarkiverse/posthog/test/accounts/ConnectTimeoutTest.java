package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkus.test.QuarkusUnitTest;

/** A connection is waited for as long as configured. */
class ConnectTimeoutTest {

    private static final String PORT = "posthog.test.deaf-port";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.host", "http://127.0.0.1:" + deafPort())
            .overrideConfigKey("quarkus.posthog.connect-timeout", "300ms")
            .overrideConfigKey("quarkus.posthog.retry.max-retries", "0");

    @Inject
    PostHog posthog;

    @Test
    void failureNamesTheHost() {
        assertThatThrownBy(() -> read(posthog)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContainingAll("can't reach http://127.0.0.1:" + deafPort(), "timed out after 300 ms",
                        "check quarkus.posthog.host");
    }

    /** A port whose queue of connections is full, so that the system lets further ones wait. */
    private static int deafPort() {
        Integer port = Integer.getInteger(PORT);
        if (port == null) {
            try {
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                port = server.getLocalPort();
                System.setProperty(PORT, port.toString());
                // Who is not reachable is closed, so they are kept
                System.getProperties().put(PORT + ".open", List.of(server, fill(server)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return port;
    }

    private static List<Socket> fill(ServerSocket server) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < 50) {
                Socket socket = new Socket();
                sockets.add(socket);
                socket.connect(server.getLocalSocketAddress(), 200);
            }
        } catch (SocketTimeoutException full) {
            return sockets;
        }
        throw new IllegalStateException("the queue does not fill up");
    }
}
