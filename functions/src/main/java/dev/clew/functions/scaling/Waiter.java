// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.scaling;

import java.util.concurrent.CompletableFuture;

/** An invocation that waits for an environment. */
final class Waiter<S extends EnvironmentPool.Slot> {
    final Group<S> group;
    final CompletableFuture<S> slot = new CompletableFuture<>();

    Waiter(Group<S> group) {
        this.group = group;
    }
}
