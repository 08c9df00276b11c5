// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.net.InetAddress;
import java.util.Optional;

/** Ranges of IP addresses in CIDR notation: {@code 203.0.113.0/24}, {@code 2001:db8::/32}, or one address. */
final class AddressRange {
    private AddressRange() {}

    /** Whether {@code address} lies in {@code range}; false if either is not what it should be. */
    static boolean contains(String range, String address) {
        int slash = range.indexOf('/');
        var network = parse(slash < 0 ? range : range.substring(0, slash));
        var candidate = parse(address);
        if (network.isEmpty() || candidate.isEmpty()) {
            return false;
        }
        byte[] wanted = network.get().getAddress();
        byte[] actual = candidate.get().getAddress();
        int bits = slash < 0 ? 8 * wanted.length : prefix(range.substring(slash + 1), 8 * wanted.length);
        if (wanted.length != actual.length || bits < 0) {
            return false;
        }
        for (int i = 0; i < wanted.length && 8 * i < bits; i++) {
            int mask = 0xff << Math.max(0, 8 * (i + 1) - bits);
            if (((wanted[i] ^ actual[i]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int prefix(String text, int most) {
        boolean valid = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int bits = valid ? Integer.parseInt(text) : -1;
        return bits <= most ? bits : -1;
    }

    /** Literals only: no name is ever looked up. */
    private static Optional<InetAddress> parse(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
