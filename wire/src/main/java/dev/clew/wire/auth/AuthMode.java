// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

/** How far a server trusts those who call it: design section 8. */
public enum AuthMode {
    /** Signatures are parsed for account and region, not verified. Loopback only. */
    OPEN,
    /** Signatures are verified against known credentials. */
    VERIFY
}
