// SPDX-License-Identifier: Apache-2.0
/** API Gateway: REST APIs, stages, routes, integrations, execute-api. */
@NullMarked
package dev.clew.gateway;

import org.jspecify.annotations.NullMarked;
