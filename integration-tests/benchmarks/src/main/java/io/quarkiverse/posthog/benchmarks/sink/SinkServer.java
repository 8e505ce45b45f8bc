package io.quarkiverse.posthog.benchmarks.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;

/**
 * A custom HTTP server on one thread, because on a machine with few cores, the cost of a server reduces the throughput of
 * its client.
 */
final class SinkServer {

    /** Creates the response to a request. */
    interface Handler {
        byte[] respond(Request request) throws IOException;
    }

    private static final int BUFFER_SIZE = 256 << 10;

    private final Handler handler;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
    private final int port;
    private ServerSocketChannel acceptor;
    private int refuseMillis;

    SinkServer(Handler handler) throws IOException {
        this.handler = handler;
        listen(0);
        port = acceptor.socket().getLocalPort();
    }

    int port() {
        return port;
    }

    /** Closes all connections and refuses new ones for some time, from the end of the current loop iteration. */
    void refuse(int millis) {
        refuseMillis = millis;
    }

    void run() throws IOException {
        while (true) {
            selector.select(this::handle);
            if (refuseMillis > 0) {
                for (SelectionKey key : new ArrayList<>(selector.keys())) {
                    key.channel().close();
                }
                selector.selectNow();
                sleep(refuseMillis);
                refuseMillis = 0;
                listen(port);
            }
        }
    }

    private void listen(int port) throws IOException {
        acceptor = ServerSocketChannel.open();
        acceptor.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        acceptor.configureBlocking(false);
        acceptor.register(selector, SelectionKey.OP_ACCEPT);
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                read((SocketChannel) key.channel(), (RequestReader) key.attachment());
            }
        } catch (IOException e) {
            // The client process has ended, for example after kill -9
            close(key);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = acceptor.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new RequestReader());
        }
    }

    private void read(SocketChannel channel, RequestReader reader) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            channel.close();
            return;
        }
        reader.append(buffer.flip());
        for (Request request = reader.next(); request != null; request = reader.next()) {
            ByteBuffer response = ByteBuffer.wrap(handler.respond(request));
            while (response.hasRemaining()) {
                // Responses are small and always fit into the socket buffer
                channel.write(response);
            }
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // The connection is closed in any case
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
