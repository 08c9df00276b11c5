// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

/**
 * A service that sends on behalf of a resource; the queue's policy must allow it.
 *
 * @param principal for example {@code events.amazonaws.com}
 * @param sourceArn the rule, the topic
 * @param sourceAccount that owns the source
 */
public record ServiceSender(String principal, String sourceArn, String sourceAccount) {}
