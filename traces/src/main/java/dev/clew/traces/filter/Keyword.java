// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that stand for a fact about a trace or a part of it, what kind of fact each is, and where it may stand. */
public enum Keyword {
    OK("ok", Kind.FLAG, Place.TRACE, Place.CALL),
    ERROR("error", Kind.FLAG, Place.TRACE, Place.CALL),
    THROTTLE("throttle", Kind.FLAG, Place.TRACE, Place.CALL),
    FAULT("fault", Kind.FLAG, Place.TRACE, Place.CALL),
    PARTIAL("partial", Kind.FLAG, Place.TRACE, Place.CALL),
    INFERRED("inferred", Kind.FLAG, Place.TRACE, Place.CALL, Place.CAUSE_SERVICE),
    ROOT("root", Kind.FLAG, Place.CALL),
    FIRST("first", Kind.FLAG, Place.CAUSE_SERVICE, Place.CAUSE_ENTITY, Place.SLOW_ENTITY, Place.CAUSE_EXCEPTION),
    LAST("last", Kind.FLAG, Place.CAUSE_SERVICE, Place.CAUSE_ENTITY, Place.SLOW_ENTITY, Place.CAUSE_EXCEPTION),
    REMOTE("remote", Kind.FLAG, Place.CAUSE_ENTITY, Place.SLOW_ENTITY),

    RESPONSE_TIME("responsetime", Kind.NUMBER, Place.TRACE, Place.CALL),
    DURATION("duration", Kind.NUMBER, Place.TRACE, Place.CALL),
    HTTP_STATUS("http.status", Kind.NUMBER, Place.TRACE, Place.CALL),
    INDEX("index", Kind.NUMBER, Place.CAUSE_SERVICE, Place.CAUSE_ENTITY, Place.SLOW_ENTITY, Place.CAUSE_EXCEPTION),
    COVERAGE("coverage", Kind.NUMBER, Place.SLOW_ENTITY),

    HTTP_URL("http.url", Kind.TEXT, Place.TRACE, Place.CALL),
    HTTP_METHOD("http.method", Kind.TEXT, Place.TRACE, Place.CALL),
    HTTP_USER_AGENT("http.useragent", Kind.TEXT, Place.TRACE, Place.CALL),
    HTTP_CLIENT_IP("http.clientip", Kind.TEXT, Place.TRACE, Place.CALL),
    USER("user", Kind.TEXT, Place.TRACE, Place.CALL),
    AVAILABILITY_ZONE("availabilityzone", Kind.TEXT, Place.TRACE, Place.CALL),
    INSTANCE_ID("instance.id", Kind.TEXT, Place.TRACE, Place.CALL),
    RESOURCE_ARN("resource.arn", Kind.TEXT, Place.TRACE, Place.CALL),
    ACCOUNT_ID("account.id", Kind.TEXT, Place.TRACE, Place.CALL),
    NAME("name", Kind.TEXT, Place.CAUSE_SERVICE, Place.CAUSE_ENTITY, Place.SLOW_ENTITY, Place.CAUSE_EXCEPTION),
    TYPE("type", Kind.TEXT, Place.CAUSE_SERVICE),
    MESSAGE("message", Kind.TEXT, Place.CAUSE_EXCEPTION);

    private static final Map<String, Keyword> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(Keyword::word, Function.identity()));

    private final String word;
    private final Kind kind;
    private final Set<Place> places;

    Keyword(String word, Kind kind, Place first, Place... more) {
        this.word = word;
        this.kind = kind;
        this.places = EnumSet.of(first, more);
    }

    /** What a keyword can be compared with. */
    public enum Kind {
        FLAG,
        NUMBER,
        TEXT
    }

    /** What an expression speaks about. */
    public enum Place {
        TRACE(""),
        /** A segment in {@code service(){}}, a calling subsegment in {@code edge(){}}. */
        CALL(" in the block of service() or edge()"),
        CAUSE_SERVICE(" in the block of a root cause's service"),
        CAUSE_ENTITY(" in the block of a root cause's entity"),
        /** An entity on the path of a slow response. */
        SLOW_ENTITY(" in the block of a response time's entity"),
        CAUSE_EXCEPTION(" in the block of a root cause's exception");

        private final String where;

        Place(String where) {
            this.where = where;
        }

        /** For messages. */
        String where() {
            return where;
        }
    }

    public String word() {
        return word;
    }

    public Kind kind() {
        return kind;
    }

    boolean standsIn(Place place) {
        return places.contains(place);
    }

    /** The keyword that {@code word} spells, in whatever case. */
    static Optional<Keyword> find(String word) {
        return Optional.ofNullable(BY_WORD.get(word.toLowerCase(Locale.ROOT)));
    }

    /** Every keyword that may stand in {@code place}. */
    static List<String> words(Place place) {
        return Arrays.stream(values())
                .filter(keyword -> keyword.standsIn(place))
                .map(Keyword::word)
                .toList();
    }
}
