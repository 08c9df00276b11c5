// SPDX-License-Identifier: Apache-2.0
/** X-Ray: ingest, assembly, summaries, service graph, sampling. */
@NullMarked
package dev.clew.traces;

import org.jspecify.annotations.NullMarked;
