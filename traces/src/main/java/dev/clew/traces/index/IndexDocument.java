// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.digest.TraceDigest.RootCause;
import dev.clew.traces.document.Micros;
import dev.clew.traces.document.Status;
import dev.clew.traces.filter.Keyword;
import dev.clew.traces.index.TraceIndex.Entry;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Writes one digest as a Lucene document. Used once. */
final class IndexDocument {
    /** Lucene takes no longer term; whoever looks for a longer text finds what begins like it. */
    static final int MAX_TERM = 8_000;

    private final Document document = new Document();
    private final Set<String> facts = new HashSet<>();

    private IndexDocument() {}

    static Document of(Entry entry) {
        var made = new IndexDocument();
        made.place(entry);
        made.trace(entry.digest());
        made.requests(entry.digest());
        made.annotations(entry.digest());
        made.causes(entry.digest());
        made.facts.forEach(fact -> made.term(Fields.FACT, fact));
        return made.document;
    }

    static String key(Entry entry) {
        return entry.scope().key() + '/' + entry.digest().traceId();
    }

    private void place(Entry entry) {
        var digest = entry.digest();
        term(Fields.KEY, key(entry));
        term(Fields.SCOPE, entry.scope().key());
        document.add(new LongPoint(Fields.TIME, digest.indexTime()));
        document.add(new NumericDocValuesField(Fields.TIME, digest.indexTime()));
        document.add(new SortedDocValuesField(Fields.ID, new BytesRef(digest.traceId())));
    }

    private void term(String field, String term) {
        document.add(new StringField(field, cut(term), Field.Store.NO));
    }

    /** The text as far as it is a term. */
    static String cut(String text) {
        return text.length() <= MAX_TERM / 3 || text.getBytes(StandardCharsets.UTF_8).length <= MAX_TERM
                ? text
                : text.substring(0, MAX_TERM / 3);
    }

    private void trace(TraceDigest trace) {
        fact(Keyword.OK, trace.ok());
        fact(Keyword.ERROR, trace.status().error());
        fact(Keyword.THROTTLE, trace.status().throttle());
        fact(Keyword.FAULT, trace.status().fault());
        fact(Keyword.PARTIAL, trace.partial());
        seconds(Keyword.RESPONSE_TIME, trace.responseTime());
        seconds(Keyword.DURATION, trace.duration());
        if (trace.http().status() >= 0) {
            number(Keyword.HTTP_STATUS, trace.http().status());
        }
        text(Keyword.HTTP_URL, trace.http().url());
        text(Keyword.HTTP_METHOD, trace.http().method());
        text(Keyword.HTTP_USER_AGENT, trace.http().userAgent());
        text(Keyword.HTTP_CLIENT_IP, trace.http().clientIp());
        trace.users().forEach(user -> text(Keyword.USER, user.name()));
        trace.availabilityZones().forEach(zone -> text(Keyword.AVAILABILITY_ZONE, zone));
        trace.instanceIds().forEach(instance -> text(Keyword.INSTANCE_ID, instance));
        trace.resourceArns().forEach(arn -> text(Keyword.RESOURCE_ARN, arn));
    }

    private void fact(Keyword flag, boolean holds) {
        if (holds) {
            facts.add(flag.word());
        }
    }

    private void seconds(Keyword keyword, long micros) {
        if (micros != TraceDigest.NONE) {
            number(keyword, Micros.seconds(micros));
        }
    }

    private void number(Keyword keyword, double value) {
        facts.add(keyword.word());
        document.add(new DoublePoint(keyword.word(), value));
    }

    private void text(Keyword keyword, @Nullable String value) {
        if (value != null) {
            facts.add(keyword.word());
            term(keyword.word(), value);
        }
    }

    private void requests(TraceDigest trace) {
        for (var visit : trace.visits()) {
            request(visit.status(), visit.end());
            fact(Keyword.INFERRED, visit.inferred());
            if (visit.since() > 0) {
                facts.add(Fields.PENDING);
            }
        }
        for (var hop : trace.hops()) {
            request(hop.status(), hop.end());
        }
        var terms = new HashSet<String>();
        var accounts = new HashSet<String>();
        for (var node : trace.nodes()) {
            terms.addAll(Fields.node(node));
            if (node.account() != null) {
                accounts.add(node.account());
            }
        }
        terms.forEach(term -> term(Fields.NODE, term));
        accounts.forEach(account -> text(Keyword.ACCOUNT_ID, account));
    }

    private void request(Status status, long end) {
        if (status.error()) {
            facts.add(Fields.any(Keyword.ERROR));
        }
        if (status.throttle()) {
            facts.add(Fields.any(Keyword.THROTTLE));
        }
        if (status.fault()) {
            facts.add(Fields.any(Keyword.FAULT));
        }
        if (end == TraceDigest.NONE) {
            facts.add(Fields.any(Keyword.PARTIAL));
        }
    }

    private void annotations(TraceDigest trace) {
        var terms = new HashSet<String>();
        for (var annotation : trace.annotations()) {
            terms.add(Fields.annotation(annotation.key()));
            if (annotation.text() != null) {
                terms.add(Fields.text(annotation.key(), annotation.text()));
            } else if (annotation.number() != null) {
                terms.add(Fields.number(annotation.key(), annotation.number()));
            } else if (annotation.flag() != null) {
                terms.add(Fields.flag(annotation.key(), annotation.flag()));
            }
        }
        terms.forEach(term -> term(Fields.ANNOTATION, term));
    }

    private void causes(TraceDigest trace) {
        cause("FAULT", trace.rootCauses().faults());
        cause("ERROR", trace.rootCauses().errors());
        cause("RESPONSE_TIME", trace.rootCauses().responseTimes());
    }

    private void cause(String kind, List<RootCause> causes) {
        if (!causes.isEmpty()) {
            facts.add(Fields.cause(kind));
        }
    }
}
