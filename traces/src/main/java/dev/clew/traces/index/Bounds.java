// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;

/**
 * What the index can say of an expression: every trace of which it holds is in {@code most}, and it holds of every trace in
 * {@code least}. With both, a negation can be bounded too.
 */
record Bounds(Query most, Query least) {
    static final Query ALL = new MatchAllDocsQuery();
    static final Query NONE = new MatchNoDocsQuery();

    /** Nothing is known. */
    static final Bounds UNKNOWN = new Bounds(ALL, NONE);

    static Bounds exactly(Query query) {
        return new Bounds(query, query);
    }

    static Bounds atMost(Query query) {
        return new Bounds(query, NONE);
    }

    static Bounds all(List<Bounds> parts) {
        return new Bounds(
                joined(parts.stream().map(Bounds::most).toList(), Occur.MUST),
                joined(parts.stream().map(Bounds::least).toList(), Occur.MUST));
    }

    static Bounds any(List<Bounds> parts) {
        return new Bounds(
                joined(parts.stream().map(Bounds::most).toList(), Occur.SHOULD),
                joined(parts.stream().map(Bounds::least).toList(), Occur.SHOULD));
    }

    /** {@code queries} joined, without what makes no difference. */
    static Query joined(List<Query> queries, Occur occur) {
        var neutral = occur == Occur.MUST ? ALL : NONE;
        var decisive = occur == Occur.MUST ? NONE : ALL;
        if (queries.contains(decisive)) {
            return decisive;
        }
        var telling = queries.stream().filter(query -> !query.equals(neutral)).toList();
        if (telling.size() < 2) {
            return telling.isEmpty() ? neutral : telling.getFirst();
        }
        var joined = new BooleanQuery.Builder();
        telling.forEach(query -> joined.add(query, occur));
        return joined.build();
    }

    Bounds negated() {
        return new Bounds(not(least), not(most));
    }

    static Query not(Query query) {
        if (query.equals(ALL)) {
            return NONE;
        }
        return query.equals(NONE)
                ? ALL
                : new BooleanQuery.Builder()
                        .add(ALL, Occur.MUST)
                        .add(query, Occur.MUST_NOT)
                        .build();
    }

    static Query without(Query query, Query excluded) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(excluded, Occur.MUST_NOT)
                .build();
    }
}
