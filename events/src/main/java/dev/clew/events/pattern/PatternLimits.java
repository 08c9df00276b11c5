// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import dev.clew.core.Check;

/**
 * What a pattern may cost, checked when it is written so that matching stays cheap.
 *
 * @param maxCombinations branches that all {@code $or} together expand to, 1 to 1,000
 * @param maxWildcardComplexity wildcard prefixes alive at once while one value is read, 1 to 100. The service does not
 *     publish its own bound; it is known to refuse {@code *:*:*:*:*:event-bus/*}, whose measure is 11
 */
public record PatternLimits(int maxCombinations, int maxWildcardComplexity) {
    public static final PatternLimits DEFAULTS = new PatternLimits(1_000, 10);

    public PatternLimits {
        Check.inRange("events.pattern.max-combinations", maxCombinations, 1, 1_000);
        Check.inRange("events.pattern.max-wildcard-complexity", maxWildcardComplexity, 1, 100);
    }
}
