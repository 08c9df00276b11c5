// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import dev.clew.traces.index.TraceIndex.Entry;
import dev.clew.traces.index.TraceIndex.Page;
import dev.clew.traces.index.TraceIndex.Place;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** One search: what Lucene finds, merged with what it cannot know yet. */
record Search(IndexSearcher searcher, TraceIndex.Query query) {
    /** @param memory entries that may be newer than what Lucene has of the same traces */
    Page answer(List<Entry> memory) throws IOException {
        var renewed = new HashSet<String>();
        var places = new TreeSet<Place>();
        for (var entry : memory) {
            if (entry.scope().equals(query.scope())) {
                renewed.add(entry.digest().traceId());
                if (wanted(entry.place())) {
                    places.add(entry.place());
                }
            }
        }
        Place last = null;
        var hits = hits();
        for (var hit : hits) {
            last = hit;
            if (!renewed.contains(hit.traceId())) {
                places.add(hit);
            }
        }
        if (last != null && hits.size() == query.limit()) {
            places.tailSet(last, false).clear(); // what lies beyond has its place on a later page
        } else {
            last = null;
        }
        var answer = places.stream().limit(query.limit()).toList();
        return new Page(answer, answer.size() < places.size() ? answer.getLast() : last);
    }

    private boolean wanted(Place place) {
        return place.time() < query.newest()
                && place.time() >= query.oldest()
                && (query.after() == null || place.compareTo(query.after()) > 0);
    }

    private List<Place> hits() throws IOException {
        var wanted = new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.SCOPE, query.scope().key())), Occur.FILTER)
                .add(LongPoint.newRangeQuery(Fields.TIME, query.oldest(), query.newest() - 1), Occur.FILTER)
                .add(QueryCompiler.compile(query.filter()), Occur.FILTER)
                .build();
        var enough = new TopFieldCollectorManager(LuceneFolder.ORDER, query.limit(), after(query.after()), 1);
        return List.of(searcher.search(wanted, enough).scoreDocs).stream()
                .map(hit -> place((FieldDoc) hit))
                .toList();
    }

    private static Place place(FieldDoc hit) {
        return new Place((Long) hit.fields[0], ((BytesRef) hit.fields[1]).utf8ToString());
    }

    private static @Nullable FieldDoc after(@Nullable Place place) {
        return place == null
                ? null
                : new FieldDoc(
                        Integer.MAX_VALUE, Float.NaN, new Object[] {place.time(), new BytesRef(place.traceId())});
    }
}
