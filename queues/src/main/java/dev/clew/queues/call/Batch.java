// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.call;

import dev.clew.queues.api.BatchResultErrorEntry;
import dev.clew.queues.api.SqsErrors;
import dev.clew.wire.ServiceException;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for every batch: up to ten entries, each with an id of its own. */
public final class Batch {
    private static final int MOST = 10;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private Batch() {}

    /**
     * The entries, if they may stand in one batch.
     *
     * @param entryName what the API calls an entry
     * @throws ServiceException if they may not
     */
    public static <E> List<E> check(@Nullable List<E> entries, String entryName, Function<E, @Nullable String> idOf) {
        if (entries == null || entries.isEmpty()) {
            throw SqsErrors.emptyBatchRequest("There should be at least one " + entryName + " in the request.");
        }
        if (entries.size() > MOST) {
            throw SqsErrors.tooManyEntriesInBatchRequest(
                    "Maximum number of entries per request are " + MOST + ". You have sent " + entries.size() + '.');
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < entries.size(); i++) {
            var id = Refusal.text(idOf.apply(entries.get(i)), entryName + '.' + (i + 1) + ".Id");
            if (!ID.matcher(id).matches()) {
                throw SqsErrors.invalidBatchEntryId("A batch entry id can only contain alphanumeric characters, hyphens"
                        + " and underscores. It can be at most 80 letters long.");
            }
            if (!seen.add(id)) {
                throw SqsErrors.batchEntryIdsNotDistinct("Id " + id + " repeated.");
            }
        }
        return entries;
    }

    /** An entry that was refused. */
    public static BatchResultErrorEntry failed(@Nullable String id, ServiceException e) {
        return new BatchResultErrorEntry(id, !e.isServerFault(), Refusal.code(e), e.message());
    }

    /** A list as answers hold it: left out if it is empty. */
    public static <T> @Nullable List<T> listed(List<T> items) {
        return items.isEmpty() ? null : List.copyOf(items);
    }
}
