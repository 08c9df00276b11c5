// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway;

/**
 * Settings of the gateway.
 *
 * @param defaultStageTracing whether a new stage traces if its creator does not say; the service itself does not
 */
public record GatewayConfig(boolean defaultStageTracing) {
    /** As the service behaves. */
    public static final GatewayConfig DEFAULTS = new GatewayConfig(false);
}
