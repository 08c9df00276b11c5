// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.identity.policy;

import org.jspecify.annotations.NullMarked;
