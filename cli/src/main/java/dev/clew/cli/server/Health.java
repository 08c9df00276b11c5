// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import tools.jackson.databind.json.JsonMapper;

/**
 * What a server says about itself.
 *
 * @param daemon host and port of the X-Ray daemon
 * @param region the region it uses where a request names none
 * @param auth {@code open}, {@code verify} or {@code enforce}
 */
public record Health(String status, String version, String daemon, String region, String account, String auth) {
    /**
     * Reads the answer of {@code /_clew/health}.
     *
     * @throws IllegalArgumentException if it is somebody else's
     */
    static Health parse(byte[] json) {
        var tree = JsonMapper.shared().readTree(json);
        if (!tree.path("status").isString() || !tree.path("daemon").isString()) {
            throw new IllegalArgumentException("not the health of a Clew");
        }
        return new Health(
                tree.path("status").asString(),
                tree.path("version").asString(""),
                tree.path("daemon").asString(),
                tree.path("region").asString("us-east-1"),
                tree.path("account").asString("111111111111"),
                tree.path("auth").asString("open"));
    }
}
