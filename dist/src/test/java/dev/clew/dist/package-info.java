// SPDX-License-Identifier: Apache-2.0
/** The packed distribution with real clients: the AWS CLI, boto3, the X-Ray SDK, curl. */
@NullMarked
package dev.clew.dist;

import org.jspecify.annotations.NullMarked;
