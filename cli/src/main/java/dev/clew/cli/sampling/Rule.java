// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.sampling;

import java.util.Map;

/**
 * A sampling rule and what it matched lately.
 *
 * @param rate share of requests sampled once the reservoir is used up, 0 to 1
 * @param reservoir requests per second sampled before that
 * @param matches what it looks at, those that match everything left out
 */
record Rule(
        String name,
        int priority,
        double rate,
        int reservoir,
        Map<String, String> matches,
        long requests,
        long sampled,
        long borrowed) {}
