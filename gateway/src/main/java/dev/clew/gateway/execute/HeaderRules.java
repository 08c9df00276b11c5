// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.trace.TraceHeader;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which headers pass the gateway, and which change their names. */
final class HeaderRules {
    private static final Set<String> NOT_IN_EVENT = Set.of(
            "connection",
            "content-length",
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            // written anew for each request
            "x-forwarded-for",
            "x-forwarded-port",
            "x-forwarded-proto");
    private static final Set<String> NOT_IN_RESPONSE = Set.of(
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            // the gateway's own value leads callers to the trace; the function's may be empty or wrong
            TraceHeader.NAME.toLowerCase(Locale.ROOT));
    private static final Set<String> REMAPPED = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-md5",
            "date",
            "host",
            "max-forwards",
            "server",
            "user-agent",
            "www-authenticate",
            RequestIds.REQUEST_ID.toLowerCase(Locale.ROOT),
            RequestIds.EXTENDED_REQUEST_ID);
    private static final String REMAPPED_PREFIX = "x-amzn-Remapped-";
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private HeaderRules() {}

    /** Whether a request header is shown to the function. */
    static boolean inEvent(String name, String value) {
        var lower = name.toLowerCase(Locale.ROOT);
        return !NOT_IN_EVENT.contains(lower)
                && !(lower.equals("authorization") && value.startsWith("AWS4-HMAC-SHA256"));
    }

    /** The name under which a function's header reaches the caller, or null if it does not. */
    static @Nullable String inResponse(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (NOT_IN_RESPONSE.contains(lower)) {
            return null;
        }
        return REMAPPED.contains(lower) ? REMAPPED_PREFIX + name : name;
    }

    /** Whether {@code name} may be the name of a header at all. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0));
    }

    /** Whether {@code value} may be the value of a header: no line breaks, no other control characters, nothing beyond Latin-1. */
    static boolean isValue(String value) {
        return value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 127 && c <= 255);
    }
}
