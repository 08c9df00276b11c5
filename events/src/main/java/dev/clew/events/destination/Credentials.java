// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

/** All that a connection keeps secret: stored only in sealed form. */
record Credentials(Authorization authorization, Extras invocation) {}
