// SPDX-License-Identifier: Apache-2.0
/** Where events are: lists, the story of one, and failed deliveries made again. */
@NullMarked
package dev.clew.cli.event;

import org.jspecify.annotations.NullMarked;
