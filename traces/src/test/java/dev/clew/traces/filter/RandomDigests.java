// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.core.trace.TraceId;
import dev.clew.traces.digest.TraceDigest;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Digests of {@link RandomTraces}. */
public final class RandomDigests {
    private RandomDigests() {}

    public static TraceDigest digest(TraceId id, Random random) {
        return Corpus.digest(id, RandomTraces.documents(id, random));
    }

    /** The same digest with another index time. */
    public static TraceDigest movedTo(TraceDigest digest, long indexTime) {
        ObjectNode json = JsonMapper.shared().valueToTree(digest);
        json.put("indexTime", indexTime);
        return JsonMapper.shared().treeToValue(json, TraceDigest.class);
    }
}
