// SPDX-License-Identifier: Apache-2.0
/** Build tools: generates typed operations from service models and checks the format of sources. Never shipped. */
@NullMarked
package dev.clew.codegen;

import org.jspecify.annotations.NullMarked;
