// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.queues;

import org.jspecify.annotations.NullMarked;
