// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.core.Arn;
import dev.clew.events.api.ListTagsForResourceRequest;
import dev.clew.events.api.ListTagsForResourceResponse;
import dev.clew.events.api.TagResourceRequest;
import dev.clew.events.api.TagResourceResponse;
import dev.clew.events.api.UntagResourceRequest;
import dev.clew.events.api.UntagResourceResponse;
import dev.clew.wire.Call;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Operations on the tags of buses and rules. */
final class TagControl {
    private static final String BUS = "event-bus/";
    private static final String RULE = "rule/";

    private final Buses buses;

    TagControl(Buses buses) {
        this.buses = buses;
    }

    /** What carries tags. */
    private sealed interface Resource {
        record OfBus(BusName name) implements Resource {}

        record OfRule(BusName bus, String rule) implements Resource {}
    }

    TagResourceResponse tag(TagResourceRequest input, Call call) {
        change(resource(input.resourceARN(), call), old -> Tags.merged(old, input.tags()));
        return new TagResourceResponse();
    }

    UntagResourceResponse untag(UntagResourceRequest input, Call call) {
        change(resource(input.resourceARN(), call), old -> Tags.without(old, input.tagKeys()));
        return new UntagResourceResponse();
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest input, Call call) {
        var tags = switch (resource(input.resourceARN(), call)) {
            case Resource.OfBus(BusName name) -> buses.get(name).tags();
            case Resource.OfRule(BusName bus, String rule) ->
                buses.getRule(bus, rule).tags();
        };
        return new ListTagsForResourceResponse(Tags.list(tags));
    }

    private void change(Resource resource, UnaryOperator<Map<String, String>> change) {
        buses.changing(() -> {
            switch (resource) {
                case Resource.OfBus(BusName name) -> {
                    var bus = buses.get(name);
                    buses.put(name, bus.withTags(change.apply(bus.tags())));
                }
                case Resource.OfRule(BusName bus, String name) -> {
                    var rule = buses.getRule(bus, name);
                    buses.putRule(bus, rule.withTags(change.apply(rule.tags())));
                }
            }
            return true;
        });
    }

    private static Resource resource(String text, Call call) {
        var arn = Arn.parse(text)
                .filter(parsed ->
                        parsed.service().equals("events") && parsed.scope().equals(call.scope()))
                .orElseThrow(() -> notTaggable(text));
        var resource = arn.resource();
        if (resource.startsWith(BUS)) {
            return new Resource.OfBus(new BusName(arn.scope(), resource.substring(BUS.length())));
        }
        if (!resource.startsWith(RULE)) {
            throw notTaggable(text);
        }
        var path = resource.substring(RULE.length());
        int slash = path.indexOf('/');
        var bus = slash < 0 ? BusName.DEFAULT : path.substring(0, slash);
        return new Resource.OfRule(new BusName(arn.scope(), bus), path.substring(slash + 1));
    }

    private static RuntimeException notTaggable(String arn) {
        return Invalid.request("Parameter " + arn + " is not valid. Reason: Provided Arn is not in correct format.");
    }
}
