// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.call;

import dev.clew.queues.api.SqsErrors;
import dev.clew.wire.ServiceException;
import org.jspecify.annotations.Nullable;

/** The errors that several operations answer, worded as the original words them. */
public final class Refusal {
    private static final int LONGEST_SHOWN = 1_024;

    private Refusal() {}

    /** {@code value}, or the error that {@code parameter} is missing. */
    public static <T> T required(@Nullable T value, String parameter) {
        if (value == null) {
            throw missing(parameter);
        }
        return value;
    }

    /** As {@link #required(Object, String)}; an empty text is missing too. */
    public static String text(@Nullable String value, String parameter) {
        if (value == null || value.isEmpty()) {
            throw missing(parameter);
        }
        return value;
    }

    public static ServiceException missing(String parameter) {
        return SqsErrors.missingRequiredParameterException("The request must contain the parameter " + parameter + '.');
    }

    /** A parameter whose value cannot be. */
    public static ServiceException value(Object value, String parameter, String reason) {
        return invalid("Value " + shown(value) + " for parameter " + parameter + " is invalid. Reason: " + reason);
    }

    /** Checks a number's range; null passes. */
    public static void range(@Nullable Integer value, String parameter, int min, int max, String reason) {
        if (value != null && (value < min || value > max)) {
            throw value(value, parameter, reason);
        }
    }

    public static ServiceException invalid(String message) {
        return SqsErrors.invalidParameterValueException(message);
    }

    public static ServiceException noQueue() {
        return SqsErrors.queueDoesNotExist("The specified queue does not exist.");
    }

    /** How a batch's answer spells the error of one entry. */
    public static String code(ServiceException e) {
        return switch (e.code()) {
            case "InvalidParameterValueException" -> "InvalidParameterValue";
            case "MissingRequiredParameterException" -> "MissingParameter";
            default -> e.code();
        };
    }

    private static String shown(Object value) {
        var text = value.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
