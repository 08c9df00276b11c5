// SPDX-License-Identifier: Apache-2.0
/** The environment in which clients written for AWS reach Clew: exports, the CONNECT proxy and its certificate authority. */
@NullMarked
package dev.clew.cli.run;

import org.jspecify.annotations.NullMarked;
