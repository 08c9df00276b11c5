// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.tag;

import dev.clew.traces.api.CreateSamplingRuleRequest;
import dev.clew.traces.api.CreateSamplingRuleResult;
import dev.clew.traces.api.DeleteSamplingRuleRequest;
import dev.clew.traces.api.DeleteSamplingRuleResult;
import dev.clew.traces.api.SamplingRuleRecord;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import org.jspecify.annotations.Nullable;

/** CreateSamplingRule with its tags, and DeleteSamplingRule, which takes them along. Safe for use by many threads. */
public final class TaggedSamplingRules {
    private final Tags tags;
    private final Operation<CreateSamplingRuleRequest, CreateSamplingRuleResult> create;
    private final Operation<DeleteSamplingRuleRequest, DeleteSamplingRuleResult> delete;

    public TaggedSamplingRules(
            Tags tags,
            Operation<CreateSamplingRuleRequest, CreateSamplingRuleResult> create,
            Operation<DeleteSamplingRuleRequest, DeleteSamplingRuleResult> delete) {
        this.tags = tags;
        this.create = create;
        this.delete = delete;
    }

    public CreateSamplingRuleResult create(CreateSamplingRuleRequest input, Call call) {
        var wanted = tags.check(input.tags());
        var created = create.handle(new CreateSamplingRuleRequest(input.samplingRule(), null), call);
        tags.put(arn(created.samplingRuleRecord()), wanted);
        return created;
    }

    public DeleteSamplingRuleResult delete(DeleteSamplingRuleRequest input, Call call) {
        var deleted = delete.handle(input, call);
        tags.forget(arn(deleted.samplingRuleRecord()));
        return deleted;
    }

    private static String arn(@Nullable SamplingRuleRecord record) {
        if (record == null
                || record.samplingRule() == null
                || record.samplingRule().ruleARN() == null) {
            throw new IllegalStateException("a sampling rule without an ARN");
        }
        return record.samplingRule().ruleARN();
    }
}
