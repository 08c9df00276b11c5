// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.identity;

import org.jspecify.annotations.NullMarked;
