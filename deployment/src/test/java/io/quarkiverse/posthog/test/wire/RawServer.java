package io.quarkiverse.posthog.test.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that writes bytes which an HTTP server would not write, once it has received a request. */
final class RawServer implements AutoCloseable {

    private final ServerSocket server;
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger closedByClient = new AtomicInteger();

    /** Responds to a request. */
    interface Handler {

        void respond(String head, OutputStream out) throws IOException, InterruptedException;
    }

    RawServer(Handler handler) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                daemon(() -> serve(socket, handler));
            }
        });
    }

    String url() {
        return "http://localhost:" + server.getLocalPort();
    }

    private void serve(Socket socket, Handler handler) throws IOException {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            int read;
            while (head.indexOf("\r\n\r\n") < 0 && (read = in.read()) >= 0) {
                head.append((char) read);
            }
            handler.respond(head.toString(), socket.getOutputStream());
            socket.getOutputStream().flush();
            while (in.read() >= 0) {
                // Until the client closes the connection
            }
        } catch (IOException e) {
            // Counted below
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closedByClient.incrementAndGet();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private interface Task {

        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // The server is closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
