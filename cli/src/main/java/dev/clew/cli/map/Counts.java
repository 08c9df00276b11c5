// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.map;

/**
 * How often something was called and how that went. Each call counts in one of the four.
 *
 * @param micros time that all calls took together
 */
record Counts(long ok, long errors, long throttles, long faults, long micros) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    long total() {
        return ok + errors + throttles + faults;
    }

    /** Microseconds a call took on average; 0 if there was none. */
    long average() {
        return total() == 0 ? 0 : micros / total();
    }

    Counts plus(Counts other) {
        return new Counts(
                ok + other.ok,
                errors + other.errors,
                throttles + other.throttles,
                faults + other.faults,
                micros + other.micros);
    }
}
