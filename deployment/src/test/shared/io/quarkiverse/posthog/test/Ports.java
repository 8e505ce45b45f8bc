package io.quarkiverse.posthog.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Chooses ports for applications that cannot choose one, such as in dev mode. */
public final class Ports {

    private Ports() {
    }

    /** Returns a free port. */
    public static int free() {
        try (ServerSocket server = new ServerSocket(0)) {
            return server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
