// SPDX-License-Identifier: Apache-2.0
/** HTTP requests and responses as values, independent of the server that carries them. */
@NullMarked
package dev.clew.wire.http;

import org.jspecify.annotations.NullMarked;
