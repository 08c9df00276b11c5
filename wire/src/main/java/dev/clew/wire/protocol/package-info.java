// SPDX-License-Identifier: Apache-2.0
/** The AWS wire protocols: how typed inputs, outputs and errors are spelled in HTTP messages. */
@NullMarked
package dev.clew.wire.protocol;

import org.jspecify.annotations.NullMarked;
