// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.core.trace.TraceHeader;
import dev.clew.queues.api.MessageAttributeValue;
import dev.clew.queues.api.MessageSystemAttributeValue;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.StoredMessage.Attribute;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks and chooses message attributes. */
final class MessageAttributes {
    /** The one system attribute that a sender may set. */
    static final String TRACE_HEADER = "AWSTraceHeader";

    private static final int MOST = 10;
    private static final int LONGEST_TRACE_HEADER = 2_048;
    private static final int LONGEST_NUMBER = 128;
    private static final Pattern NAME = Pattern.compile("(?!\\.)(?!.*\\.\\.)[A-Za-z0-9_.-]{1,256}(?<!\\.)");

    private MessageAttributes() {}

    /** @throws dev.clew.wire.ServiceException if they cannot be sent */
    static Map<String, Attribute> check(@Nullable Map<String, MessageAttributeValue> values) {
        if (values == null || values.isEmpty()) {
            return Map.of();
        }
        if (values.size() > MOST) {
            throw Refusal.invalid(
                    "Number of message attributes [" + values.size() + "] exceeds the allowed maximum [" + MOST + "].");
        }
        var checked = new TreeMap<String, Attribute>();
        values.forEach((name, value) -> checked.put(
                checkName(name), check(name, new Attribute(type(value), value.stringValue(), value.binaryValue()))));
        return checked;
    }

    private static String type(MessageAttributeValue value) {
        return value.dataType() == null ? "" : value.dataType();
    }

    /** @throws dev.clew.wire.ServiceException if they cannot be sent */
    static Map<String, Attribute> checkStored(Map<String, Attribute> attributes) {
        if (attributes.size() > MOST) {
            throw Refusal.invalid("Number of message attributes [" + attributes.size()
                    + "] exceeds the allowed maximum [" + MOST + "].");
        }
        attributes.forEach((name, attribute) -> check(checkName(name), attribute));
        return attributes;
    }

    private static String checkName(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches() || lower.startsWith("aws.") || lower.startsWith("amazon.")) {
            throw Refusal.invalid(
                    "The message attribute name '" + name + "' is invalid. A name may have letters, digits,"
                            + " '_', '-' and '.', and must not begin with 'AWS.' or 'Amazon.'.");
        }
        return name;
    }

    private static Attribute check(String name, Attribute attribute) {
        var type = attribute.type();
        if (type.isEmpty()) {
            throw Refusal.invalid(
                    "The message attribute '" + name + "' must contain non-empty message attribute type.");
        }
        int dot = type.indexOf('.');
        var base = dot < 0 ? type : type.substring(0, dot);
        var text = attribute.text();
        var bytes = attribute.bytes();
        var there = switch (base) {
            case "String", "Number" -> text != null && !text.isEmpty() && bytes == null;
            case "Binary" -> bytes != null && bytes.length > 0 && text == null;
            default ->
                throw Refusal.invalid("The message attribute '" + name
                        + "' has an invalid message attribute type, the set of supported type prefixes is"
                        + " Binary, Number, and String.");
        };
        if (!there || type.length() > 256) {
            throw Refusal.invalid("The message attribute '" + name
                    + "' must contain non-empty message attribute value for message attribute type '" + base + "'.");
        }
        if (base.equals("Number") && text != null && !number(text)) {
            throw Refusal.invalid("Can't cast the value of message (user) attribute '" + name + "' to a number.");
        }
        if (text != null) {
            Bodies.checkCharacters(text);
        }
        return attribute;
    }

    private static boolean number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return false;
        }
        try {
            new BigDecimal(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The trace header among the system attributes, or null. */
    static @Nullable String traceHeader(@Nullable Map<String, MessageSystemAttributeValue> system) {
        if (system == null || system.isEmpty()) {
            return null;
        }
        for (var name : system.keySet()) {
            if (!name.equals(TRACE_HEADER)) {
                throw Refusal.invalid("Message system attribute name '" + name + "' is invalid.");
            }
        }
        var value = system.get(TRACE_HEADER);
        if (value == null || !"String".equals(value.dataType())) {
            throw Refusal.invalid("The message system attribute '" + TRACE_HEADER
                    + "' has an invalid message attribute type, the set of supported type prefixes is String.");
        }
        return checkTraceHeader(value.stringValue());
    }

    static String checkTraceHeader(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw Refusal.invalid("The message system attribute '" + TRACE_HEADER
                    + "' must contain non-empty message attribute value for message attribute type 'String'.");
        }
        if (text.length() > LONGEST_TRACE_HEADER) {
            throw Refusal.invalid("The message system attribute '" + TRACE_HEADER + "' is longer than "
                    + LONGEST_TRACE_HEADER + " characters.");
        }
        Bodies.checkCharacters(text);
        return text;
    }

    /** The checksum of system attributes; null if the sender set none. */
    static @Nullable String systemMd5(@Nullable String traceHeader) {
        return traceHeader == null ? null : Md5.of(Map.of(TRACE_HEADER, new Attribute("String", traceHeader, null)));
    }

    /** A request's context as a message carries it; null without one. */
    static @Nullable String traceHeader(@Nullable TraceHeader header) {
        return header == null ? null : header.toString();
    }

    /** The bytes that count toward a message's size. */
    static long size(Map<String, Attribute> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(entry -> {
                    var value = entry.getValue();
                    var bytes = value.bytes();
                    return utf8(entry.getKey())
                            + utf8(value.type())
                            + (bytes == null ? utf8(String.valueOf(value.text())) : bytes.length);
                })
                .sum();
    }

    static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The attributes that {@code names} choose: a name, {@code All}, {@code .*}, or {@code prefix.*}. */
    static Map<String, Attribute> chosen(Map<String, Attribute> attributes, @Nullable List<String> names) {
        if (names == null || names.isEmpty() || attributes.isEmpty()) {
            return Map.of();
        }
        return attributes.entrySet().stream()
                .filter(entry -> names.stream().anyMatch(name -> chooses(name, entry.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean chooses(String wanted, String name) {
        return wanted.equals("All")
                || wanted.equals(name)
                || wanted.endsWith(".*") && name.startsWith(wanted.substring(0, wanted.length() - 2));
    }
}
