// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import java.io.IOException;
import java.net.Socket;

/** Two connections joined: what comes from one goes to the other, until both have ended. */
final class Pipe {
    private static final int BUFFER = 16_384;

    private Pipe() {}

    /** Joins {@code a} and {@code b} and returns when nothing flows any more. Closes neither. */
    static void join(Socket a, Socket b) throws InterruptedException {
        var back = Thread.ofVirtual().name("proxy-back").start(() -> copy(b, a));
        copy(a, b);
        back.join();
    }

    /** A side that ends passes its end on; a side that breaks breaks the other, which would wait forever. */
    private static void copy(Socket from, Socket to) {
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            var buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is as closed as it will be
        }
    }
}
