// SPDX-License-Identifier: Apache-2.0
/** How documents come in: PutTraceSegments and the platform's own segments. */
@NullMarked
package dev.clew.traces.ingest;

import org.jspecify.annotations.NullMarked;
