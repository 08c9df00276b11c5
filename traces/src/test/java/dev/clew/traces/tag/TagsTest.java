// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.traces.XRay;
import dev.clew.traces.api.CreateGroupRequest;
import dev.clew.traces.api.CreateSamplingRuleRequest;
import dev.clew.traces.api.DeleteSamplingRuleRequest;
import dev.clew.traces.api.GetGroupsRequest;
import dev.clew.traces.api.ListTagsForResourceRequest;
import dev.clew.traces.api.SamplingRule;
import dev.clew.traces.api.Tag;
import dev.clew.traces.api.TagResourceRequest;
import dev.clew.traces.api.UntagResourceRequest;
import dev.clew.traces.api.XrayModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagsTest {
    private final XRay xray = new XRay();

    private String group(Tag... tags) {
        var created = xray.call(
                XrayModel.CREATE_GROUP,
                CreateGroupRequest.builder().groupName("g").tags(List.of(tags)).build());
        return Objects.requireNonNull(Objects.requireNonNull(created.group()).groupARN());
    }

    private List<Tag> tags(String arn) {
        return Objects.requireNonNull(xray.call(
                        XrayModel.LIST_TAGS_FOR_RESOURCE,
                        ListTagsForResourceRequest.builder().resourceARN(arn).build())
                .tags());
    }

    private void tag(String arn, Tag... tags) {
        xray.call(XrayModel.TAG_RESOURCE, new TagResourceRequest(arn, List.of(tags)));
    }

    private static CreateSamplingRuleRequest rule(Tag... tags) {
        var rule = SamplingRule.builder()
                .ruleName("r")
                .resourceARN("*")
                .priority(1)
                .fixedRate(0.5)
                .reservoirSize(1)
                .serviceName("*")
                .serviceType("*")
                .host("*")
                .httpMethod("*")
                .urlPath("*")
                .version(1)
                .build();
        return new CreateSamplingRuleRequest(rule, List.of(tags));
    }

    @Test
    void keepsTagsOfGroupsAcrossARestart() {
        var arn = group(new Tag("team", "a"), new Tag("stage", ""));
        tag(arn, new Tag("team", "b"), new Tag("cost center", "7"));
        xray.call(XrayModel.UNTAG_RESOURCE, new UntagResourceRequest(arn, List.of("stage", "none")));

        xray.crash();

        assertThat(tags(arn)).containsExactly(new Tag("cost center", "7"), new Tag("team", "b"));
    }

    @Test
    void tagsSamplingRulesAndForgetsThemWithTheRule() {
        xray.call(XrayModel.CREATE_SAMPLING_RULE, rule(new Tag("k", "v")));
        var arn = "arn:aws:xray:us-east-1:111111111111:sampling-rule/r";
        assertThat(tags(arn)).containsExactly(new Tag("k", "v"));

        xray.call(
                XrayModel.DELETE_SAMPLING_RULE,
                DeleteSamplingRuleRequest.builder().ruleName("r").build());

        assertThatThrownBy(() -> tags(arn)).hasMessageContaining("the ARN of a group or sampling rule");
        xray.call(XrayModel.CREATE_SAMPLING_RULE, rule());
        assertThat(tags(arn)).isEmpty();
    }

    @Test
    void refusesBadTagsBeforeAnythingIsMade() {
        assertThatThrownBy(() -> group(new Tag("aws:x", "1"))).hasMessageContaining("not aws:");
        assertThatThrownBy(() -> group(new Tag("a", "1"), new Tag("a", "2"))).hasMessageContaining("each key once");
        assertThatThrownBy(() -> group(new Tag("a{}", "1"))).hasMessageContaining("Tags.Key: 'a{}'");
        assertThat(xray.call(XrayModel.GET_GROUPS, GetGroupsRequest.builder().build())
                        .groups())
                .hasSize(1);
    }

    @Test
    void boundsTheTagsOfOneResource() {
        var arn = group();
        tag(arn, IntStream.range(0, 50).mapToObj(i -> new Tag("k" + i, "v")).toArray(Tag[]::new));
        assertThatThrownBy(() -> tag(arn, new Tag("k50", "v"))).hasMessage("Tags: 51 (expected: at most 50)");
        tag(arn, new Tag("k49", "other"));
        assertThat(tags(arn)).hasSize(50).contains(new Tag("k49", "other"));
        assertThatThrownBy(() -> tag("arn:aws:xray:us-east-1:111111111111:group/none/X", new Tag("k", "v")))
                .hasMessageContaining("the ARN of a group or sampling rule");
    }
}
