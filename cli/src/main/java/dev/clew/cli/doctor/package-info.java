// SPDX-License-Identifier: Apache-2.0
/** What this machine has, what it lacks, and how to get it. */
@NullMarked
package dev.clew.cli.doctor;

import org.jspecify.annotations.NullMarked;
