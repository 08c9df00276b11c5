// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.wire.auth;

import org.jspecify.annotations.NullMarked;
