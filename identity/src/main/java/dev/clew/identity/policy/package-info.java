// SPDX-License-Identifier: Apache-2.0
/**
 * Access policies: a document is parsed once into an immutable tree, validated for what it is attached to, and evaluated
 * against a request as a pure function that also says which statement decided, or what came nearest to it.
 */
@NullMarked
package dev.clew.identity.policy;

import org.jspecify.annotations.NullMarked;
