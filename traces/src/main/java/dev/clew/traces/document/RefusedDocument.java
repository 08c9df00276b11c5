// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import org.jspecify.annotations.Nullable;

/** A document that cannot be stored. Carries no stack trace: bad input is ordinary. */
public final class RefusedDocument extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String id;
    private final Code code;

    /** Why a document is refused; the names travel as {@code ErrorCode}. */
    public enum Code {
        ParseError,
        SegmentTooLarge,
        MissingId,
        InvalidId,
        MissingTraceId,
        InvalidTraceId,
        MissingName,
        InvalidName,
        MissingStartTime,
        InvalidStartTime,
        MissingEndTime,
        InvalidEndTime,
        MissingParentId,
        InvalidParentId,
        /** The trace has reached its ceiling. */
        InvalidSegment
    }

    /** @param id of the document's topmost entity, or null if it could not be read */
    public RefusedDocument(@Nullable String id, Code code, boolean subsegment) {
        super(message(code, subsegment), null, false, false);
        this.id = id;
        this.code = code;
    }

    private static String message(Code code, boolean subsegment) {
        if (code == Code.InvalidSegment) {
            return "Trace Size Exceeded. Reduce the number of segments per trace and the size of your segment"
                    + " documents.";
        }
        return subsegment
                ? "Invalid subsegment. ErrorCode: " + code + ", Cause: null"
                : "Invalid segment. ErrorCode: " + code;
    }

    public @Nullable String id() {
        return id;
    }

    public Code code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
