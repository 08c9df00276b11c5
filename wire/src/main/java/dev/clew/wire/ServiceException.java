// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call that cannot be answered as asked: the modelled error that the caller gets instead.
 *
 * <p>Generated {@code …Errors} classes make these. Those the client caused carry no stack trace.
 */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;
    private final boolean server;
    private final transient Map<String, Object> details;

    private ServiceException(String code, int status, boolean server, String message, Map<String, Object> details) {
        super(message, null, false, server);
        this.code = code;
        this.status = status;
        this.server = server;
        this.details = details;
    }

    /** An error that the caller can mend. */
    public static ServiceException client(String code, int status, String message) {
        return new ServiceException(code, status, false, message, Map.of());
    }

    /** An error that is ours. */
    public static ServiceException server(String code, int status, String message) {
        return new ServiceException(code, status, true, message, Map.of());
    }

    /** The same error with one more member in its body, for example {@code Reason}. */
    public ServiceException with(String member, Object value) {
        var more = new LinkedHashMap<>(details);
        more.put(member, value);
        return new ServiceException(code, status, server, message(), more);
    }

    /** The modelled code, for example {@code ResourceNotFoundException}. */
    public String code() {
        return code;
    }

    /** The HTTP status in protocols that use it. */
    public int status() {
        return status;
    }

    /** Whether the fault is ours rather than the caller's. */
    public boolean isServerFault() {
        return server;
    }

    /** Members of the error beside code and message; texts, numbers and booleans. */
    public Map<String, Object> details() {
        return details;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
