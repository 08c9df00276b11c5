// SPDX-License-Identifier: Apache-2.0
package dev.clew.core;

import java.util.Optional;

/**
 * An Amazon Resource Name: {@code arn:partition:service:region:account:resource}.
 *
 * <p>Region and account may be empty (IAM, API Gateway); the resource may itself contain colons and slashes.
 */
public record Arn(String partition, String service, String region, String account, String resource) {
    public Arn {
        Check.argument(!partition.isEmpty(), "partition: '' (expected: not empty)");
        Check.argument(!service.isEmpty(), "service: '' (expected: not empty)");
        Check.argument(!resource.isEmpty(), "resource: '' (expected: not empty)");
    }

    /** An ARN in the partition {@code aws}. */
    public static Arn of(String service, String region, String account, String resource) {
        return new Arn("aws", service, region, account, resource);
    }

    /** An ARN in the partition {@code aws} with the account and region of {@code scope}. */
    public static Arn of(String service, Scope scope, String resource) {
        return of(service, scope.region(), scope.account(), resource);
    }

    /** The ARN that {@code text} spells, or nothing if it is not one. Never throws. */
    public static Optional<Arn> parse(String text) {
        var parts = text.split(":", 6);
        if (parts.length < 6
                || !parts[0].equals("arn")
                || parts[1].isEmpty()
                || parts[2].isEmpty()
                || parts[5].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    /** The scope that region and account name. */
    public Scope scope() {
        return new Scope(account, region);
    }

    @Override
    public String toString() {
        return "arn:" + partition + ':' + service + ':' + region + ':' + account + ':' + resource;
    }
}
