// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import java.util.Map;

/** Tells others what happened. */
@FunctionalInterface
interface Publisher {
    /** Returns when the event is accepted. */
    void put(String source, String detailType, Map<String, Object> detail);
}
