// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

/** Events of about a kilobyte. */
final class BenchEvent {
    private static final String FILL = "x".repeat(950);

    private BenchEvent() {}

    /**
     * One entry of PutEvents.
     *
     * @param at a number that the event carries
     */
    static String entry(String bus, String source, String at) {
        return """
            {"Source":"%s","DetailType":"bench","EventBusName":"%s","Detail":"{\\"kind\\":\\"k\\",\\"at\\":%s,\\"fill\\":\\"%s\\"}"}\
            """.formatted(source, bus, at, FILL);
    }

    /** The bytes of a PutEvents request with so many of them. */
    static byte[] request(String bus, String source, int entries) {
        var entry = entry(bus, source, "0");
        return Connection.awsJson(
                "AWSEvents.PutEvents", "1.1", "{\"Entries\":[" + (entry + ",").repeat(entries - 1) + entry + "]}");
    }
}
