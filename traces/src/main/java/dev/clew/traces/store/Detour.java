// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.Scope;
import dev.clew.traces.document.SegmentDocument;
import java.util.List;

/** May hold documents back that are on their way into the store. Safe for use by many threads. */
@FunctionalInterface
public interface Detour {
    /** Those of {@code documents} that go on into the store now. */
    List<SegmentDocument> through(Scope scope, List<SegmentDocument> documents);
}
