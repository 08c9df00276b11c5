// SPDX-License-Identifier: Apache-2.0
/** Roles, their policies, and managed policies: the state of IAM and the operations on it. */
@NullMarked
package dev.clew.identity.iam;

import org.jspecify.annotations.NullMarked;
