// SPDX-License-Identifier: Apache-2.0
/** The control plane of REST APIs: one class per kind of resource. */
@NullMarked
package dev.clew.gateway.control;

import org.jspecify.annotations.NullMarked;
