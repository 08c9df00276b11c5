// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.Scope;
import dev.clew.traces.digest.TraceDigest;
import java.util.List;

/** Finds the groups that a trace is in; asked each time that documents change the trace. Safe for use by many threads. */
@FunctionalInterface
public interface Memberships {
    /** No groups at all. */
    Memberships NONE = (scope, trace) -> List.of();

    List<TraceDigest.Membership> of(Scope scope, TraceDigest trace);
}
