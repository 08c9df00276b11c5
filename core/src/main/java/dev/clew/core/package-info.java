// SPDX-License-Identifier: Apache-2.0
/** Vocabulary that every module shares: names of resources, identity sources, argument checks, task groups. */
@NullMarked
package dev.clew.core;

import org.jspecify.annotations.NullMarked;
