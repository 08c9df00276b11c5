// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.queues.QueuesConfig;
import dev.clew.queues.api.SqsModel;
import dev.clew.queues.ledger.Ledger;
import dev.clew.wire.ServiceBinding;

/** Operations on queues themselves. */
public final class ControlPlane {
    private final QueueOperations queues;
    private final ListOperations lists;
    private final AttributeOperations attributes;
    private final TagOperations tags;
    private final PermissionOperations permissions;

    public ControlPlane(Ledger ledger, QueuesConfig config) {
        queues = new QueueOperations(ledger, config.recreateDelay(), config.maxQueues());
        lists = new ListOperations(ledger);
        attributes = new AttributeOperations(ledger);
        tags = new TagOperations(ledger);
        permissions = new PermissionOperations(ledger);
    }

    /** Adds the operations to {@code binding}. */
    public void bind(ServiceBinding.Builder binding) {
        binding.bind(SqsModel.CREATE_QUEUE, queues::create)
                .bind(SqsModel.GET_QUEUE_URL, queues::url)
                .bind(SqsModel.DELETE_QUEUE, queues::delete)
                .bind(SqsModel.PURGE_QUEUE, queues::purge)
                .bind(SqsModel.LIST_QUEUES, lists::queues)
                .bind(SqsModel.LIST_DEAD_LETTER_SOURCE_QUEUES, lists::deadLetterSources)
                .bind(SqsModel.GET_QUEUE_ATTRIBUTES, attributes::get)
                .bind(SqsModel.SET_QUEUE_ATTRIBUTES, attributes::set)
                .bind(SqsModel.TAG_QUEUE, tags::tag)
                .bind(SqsModel.UNTAG_QUEUE, tags::untag)
                .bind(SqsModel.LIST_QUEUE_TAGS, tags::list)
                .bind(SqsModel.ADD_PERMISSION, permissions::add)
                .bind(SqsModel.REMOVE_PERMISSION, permissions::remove);
    }
}
