// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.server;

import org.jspecify.annotations.NullMarked;
