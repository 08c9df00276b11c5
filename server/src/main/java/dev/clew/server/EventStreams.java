// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.wire.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Answers whose body is written bit by bit, long after their head. */
@FunctionalInterface
interface EventStreams {
    /** For listeners without such answers. */
    EventStreams NONE = head -> Optional.empty();

    /** Writes a body; blocks until it ends or the client is gone. */
    @FunctionalInterface
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    /** The body that belongs to {@code head}, in place of the one it holds; nothing for an ordinary answer. */
    Optional<Body> claim(HttpResponse head);
}
