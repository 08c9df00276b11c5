// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.time.Duration;

/** How a thread waits; a test moves its clock instead. */
@FunctionalInterface
interface Pause {
    void sleep(Duration wait) throws InterruptedException;
}
