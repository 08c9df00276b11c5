// SPDX-License-Identifier: Apache-2.0
/** OpenTelemetry spans in: the OTLP requests, what they become as segment documents, and the way back. */
@NullMarked
package dev.clew.traces.otlp;

import org.jspecify.annotations.NullMarked;
