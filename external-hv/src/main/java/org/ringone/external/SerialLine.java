package org.ringone.external;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A console that is no standard stream: the serial line of an emulated machine, which its emulator connects to a port of ours.
 * Nobody but this computer reaches it, and only the first who comes is served.
 */
final class SerialLine implements Closeable {

    private static final int LOOK_MILLIS = 100;

    private final ServerSocket server;
    private Socket socket;

    private SerialLine(ServerSocket server) {
        this.server = server;
    }

    /** Listens. */
    static SerialLine open() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(LOOK_MILLIS);
        return new SerialLine(server);
    }

    /** The TCP port to connect to. */
    int port() {
        return server.getLocalPort();
    }

    /**
     * What the machine sends, as soon as it is connected.
     *
     * @param alive whether it may still come
     * @throws IOException when it does not come any more
     */
    InputStream input(BooleanSupplier alive) throws IOException {
        return connected(alive).getInputStream();
    }

    /** What the machine is sent, as soon as it is connected. */
    OutputStream output(BooleanSupplier alive) throws IOException {
        return connected(alive).getOutputStream();
    }

    private synchronized Socket connected(BooleanSupplier alive) throws IOException {
        while (socket == null) {
            try {
                socket = server.accept();
                socket.setTcpNoDelay(true);
                server.close();
            } catch (SocketTimeoutException e) {
                if (!alive.getAsBoolean()) {
                    throw new IOException("nobody has connected to the serial line", e);
                }
            }
        }
        return socket;
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (this) {
            if (socket != null) {
                socket.close();
            }
        }
    }
}
