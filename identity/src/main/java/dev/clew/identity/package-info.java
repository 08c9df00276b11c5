// SPDX-License-Identifier: Apache-2.0
/** Who may do what: credentials, roles, policies and their evaluation, STS, and the secrets service's random password. */
@NullMarked
package dev.clew.identity;

import org.jspecify.annotations.NullMarked;
