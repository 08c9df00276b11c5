// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.time.Instant;

/** A line that the process wrote; line breaks inside come from runtimes that keep a stack trace together. */
public record OutputLine(Instant time, String text) {}
