// SPDX-License-Identifier: Apache-2.0
/** The data plane: from an HTTP request to an execute-api address to the integration and back, with its trace. */
@NullMarked
package dev.clew.gateway.execute;

import org.jspecify.annotations.NullMarked;
