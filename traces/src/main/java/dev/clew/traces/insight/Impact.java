// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.traces.api.RequestImpactStatistics;
import dev.clew.traces.document.Status;

/** Completed requests; errors and throttled ones are in the total alone. */
record Impact(long faults, long ok, long total) {
    static final Impact NONE = new Impact(0, 0, 0);

    Impact plus(Impact other) {
        return new Impact(faults + other.faults, ok + other.ok, total + other.total);
    }

    Impact plus(Status status) {
        return new Impact(faults + (status.fault() ? 1 : 0), ok + (status.ok() ? 1 : 0), total + 1);
    }

    RequestImpactStatistics answer() {
        return new RequestImpactStatistics(faults, ok, total);
    }
}
