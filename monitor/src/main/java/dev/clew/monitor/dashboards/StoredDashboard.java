// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.dashboards;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import java.time.Instant;

/**
 * A dashboard as it came.
 *
 * @param body JSON, as the client wrote it
 */
record StoredDashboard(String name, String body, Instant modified) {
    /** Its ARN, which has no region. */
    static String arn(Scope scope, String name) {
        return Arn.of("cloudwatch", "", scope.account(), "dashboard/" + name).toString();
    }
}
