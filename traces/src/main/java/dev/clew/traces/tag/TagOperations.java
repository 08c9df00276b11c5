// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.tag;

import dev.clew.core.Scope;
import dev.clew.traces.api.ListTagsForResourceRequest;
import dev.clew.traces.api.ListTagsForResourceResponse;
import dev.clew.traces.api.Tag;
import dev.clew.traces.api.TagResourceRequest;
import dev.clew.traces.api.TagResourceResponse;
import dev.clew.traces.api.UntagResourceRequest;
import dev.clew.traces.api.UntagResourceResponse;
import dev.clew.traces.api.XrayErrors;
import dev.clew.wire.Call;
import java.util.function.BiPredicate;

/** TagResource, UntagResource, ListTagsForResource. Safe for use by many threads. */
public final class TagOperations {
    private final Tags tags;
    private final BiPredicate<Scope, String> exists;

    /** @param exists whether there is a resource with an ARN */
    public TagOperations(Tags tags, BiPredicate<Scope, String> exists) {
        this.tags = tags;
        this.exists = exists;
    }

    public TagResourceResponse tag(TagResourceRequest input, Call call) {
        tags.put(known(input.resourceARN(), call), tags.check(input.tags()));
        return new TagResourceResponse();
    }

    public UntagResourceResponse untag(UntagResourceRequest input, Call call) {
        tags.remove(known(input.resourceARN(), call), input.tagKeys());
        return new UntagResourceResponse();
    }

    public ListTagsForResourceResponse list(ListTagsForResourceRequest input, Call call) {
        return ListTagsForResourceResponse.builder()
                .tags(tags.of(known(input.resourceARN(), call)).entrySet().stream()
                        .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                        .toList())
                .build();
    }

    private String known(String arn, Call call) {
        if (!exists.test(call.scope(), arn)) {
            throw XrayErrors.resourceNotFoundException(
                    "ResourceARN: '" + arn + "' (expected: the ARN of a group or sampling rule)");
        }
        return arn;
    }
}
