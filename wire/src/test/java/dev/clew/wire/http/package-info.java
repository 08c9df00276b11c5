// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.wire.http;

import org.jspecify.annotations.NullMarked;
