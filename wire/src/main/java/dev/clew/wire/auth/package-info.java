// SPDX-License-Identifier: Apache-2.0
/** Who signed a request: Signature Version 4 and the credentials it is verified against. */
@NullMarked
package dev.clew.wire.auth;

import org.jspecify.annotations.NullMarked;
