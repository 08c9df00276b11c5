// SPDX-License-Identifier: Apache-2.0
/** What an account has one of: policies, encryption, destination, indexing. */
@NullMarked
package dev.clew.traces.account;

import org.jspecify.annotations.NullMarked;
