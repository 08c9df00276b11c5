// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.core.Arn;
import dev.clew.events.api.EventsModel;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;
import java.util.function.Predicate;

/** Every operation on buses, rules, targets and tags, bound to its handler. */
public final class ControlPlane {
    private final BusControl busControl;
    private final PermissionControl permissions;
    private final RuleControl rules;
    private final TargetControl targets;
    private final TagControl tags;

    /** @param deliverable whether events can be delivered to an ARN */
    public ControlPlane(
            Buses buses, Quotas quotas, PatternLimits limits, Predicate<Arn> deliverable, InstantSource time) {
        this.busControl = new BusControl(buses, quotas, time);
        this.permissions = new PermissionControl(buses, time);
        this.rules = new RuleControl(buses, quotas, limits, time);
        this.targets = new TargetControl(buses, quotas, new TargetCheck(deliverable));
        this.tags = new TagControl(buses);
    }

    public ServiceBinding.Builder bind(ServiceBinding.Builder service) {
        return service.bind(EventsModel.CREATE_EVENT_BUS, busControl::create)
                .bind(EventsModel.UPDATE_EVENT_BUS, busControl::update)
                .bind(EventsModel.DESCRIBE_EVENT_BUS, busControl::describe)
                .bind(EventsModel.LIST_EVENT_BUSES, busControl::list)
                .bind(EventsModel.DELETE_EVENT_BUS, busControl::delete)
                .bind(EventsModel.PUT_PERMISSION, permissions::put)
                .bind(EventsModel.REMOVE_PERMISSION, permissions::remove)
                .bind(EventsModel.PUT_RULE, rules::put)
                .bind(EventsModel.DESCRIBE_RULE, rules::describe)
                .bind(EventsModel.ENABLE_RULE, rules::enable)
                .bind(EventsModel.DISABLE_RULE, rules::disable)
                .bind(EventsModel.DELETE_RULE, rules::delete)
                .bind(EventsModel.LIST_RULES, rules::list)
                .bind(EventsModel.LIST_RULE_NAMES_BY_TARGET, rules::listByTarget)
                .bind(EventsModel.PUT_TARGETS, targets::put)
                .bind(EventsModel.REMOVE_TARGETS, targets::remove)
                .bind(EventsModel.LIST_TARGETS_BY_RULE, targets::list)
                .bind(EventsModel.TAG_RESOURCE, tags::tag)
                .bind(EventsModel.UNTAG_RESOURCE, tags::untag)
                .bind(EventsModel.LIST_TAGS_FOR_RESOURCE, tags::list);
    }
}
