package io.quarkiverse.posthog.benchmarks.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Sends the response of the case whose number is the first segment of the path. */
final class HostileServer implements AutoCloseable {

    private final List<HostileCase> cases = HostileCase.all();
    private final ServerSocket server;

    HostileServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI url() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            // Closing the connection before the request is read completely would reset it
            in.skip(in.available());
            String path = head.toString().split(" ")[1];
            cases.get(Integer.parseInt(path.split("/")[1])).respond(socket.getOutputStream());
            socket.shutdownOutput();
            in.readAllBytes();
        } catch (IOException e) {
            // The client has closed the connection
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
