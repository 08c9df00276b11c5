// SPDX-License-Identifier: Apache-2.0
/** Reaching a server: endpoint, credentials, health, API clients, and temporary servers. */
@NullMarked
package dev.clew.cli.server;

import org.jspecify.annotations.NullMarked;
