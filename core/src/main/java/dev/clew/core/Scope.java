// SPDX-License-Identifier: Apache-2.0
package dev.clew.core;

/** The account and region that a call, a resource or a trace belongs to. Every stored key begins with them. */
public record Scope(String account, String region) implements Comparable<Scope> {
    /** {@code account/region}, the prefix of stored keys. */
    public String key() {
        return account + '/' + region;
    }

    @Override
    public int compareTo(Scope other) {
        return key().compareTo(other.key());
    }
}
