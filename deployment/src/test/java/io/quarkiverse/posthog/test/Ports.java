package io.quarkiverse.posthog.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Ports for what can't choose one itself, such as dev mode. */
public final class Ports {

    private Ports() {
    }

    /** A port on which nobody listens. */
    public static int free() {
        try (ServerSocket server = new ServerSocket(0)) {
            return server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
