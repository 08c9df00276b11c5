// SPDX-License-Identifier: Apache-2.0
/** The order system, deployed and exercised through the public API. */
@NullMarked
package dev.clew.cli.demo;

import org.jspecify.annotations.NullMarked;
