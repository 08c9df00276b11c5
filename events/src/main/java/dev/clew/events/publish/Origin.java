// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.Scope;

/**
 * Where events come from, as their trace tells it.
 *
 * @param scope account and region of who put them
 * @param requestId of the call, or the id of the delivery that made them go on
 * @param host by which the server was called; "" if it was not
 */
public record Origin(Scope scope, String requestId, String host) {}
