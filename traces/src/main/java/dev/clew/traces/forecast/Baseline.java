// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.forecast;

/**
 * How often requests failed lately, minutes long ago counting less: what is thirty minutes old counts a fifth, what is sixty a
 * twentieth.
 *
 * @param faults weighted
 * @param requests weighted
 * @param minutes how many minutes with requests it is made of
 */
public record Baseline(double faults, double requests, int minutes) {
    /** Nothing known yet. */
    public static final Baseline EMPTY = new Baseline(0, 0, 0);

    /** Weight of a minute compared to the one after it. */
    private static final double FADING = Math.exp(-1.0 / 20);

    private static final int LEAST_MINUTES = 15;
    private static final long LEAST_REQUESTS = 10;
    private static final double UNKNOWN = 0.01;
    private static final double DEVIATIONS = 3;

    /** The same after one more minute. Remarkable ones do not change what is expected, but while too little is known. */
    public Baseline after(long total, long failed) {
        return total == 0 || minutes >= LEAST_MINUTES && isRemarkable(total, failed)
                ? this
                : new Baseline(faults * FADING + failed, requests * FADING + total, Math.min(minutes + 1, 1_000_000));
    }

    /** Whether so many faults are more than expected, of enough requests to tell. */
    public boolean isRemarkable(long total, long failed) {
        return total >= LEAST_REQUESTS && failed > expected(total).high();
    }

    /** The share of requests that is expected to fail. */
    double ratio() {
        return minutes < LEAST_MINUTES ? UNKNOWN : faults / requests;
    }

    /** How many of {@code total} requests may fail without being remarkable. */
    public Expected expected(long total) {
        double mean = total * ratio();
        double spread = DEVIATIONS * Math.sqrt(mean * (1 - ratio()));
        return new Expected(mean, Math.max(0, mean - spread), Math.max(1, mean + spread));
    }

    /**
     * A range of fault counts.
     *
     * @param low inclusive
     * @param high inclusive
     */
    public record Expected(double mean, double low, double high) {}
}
