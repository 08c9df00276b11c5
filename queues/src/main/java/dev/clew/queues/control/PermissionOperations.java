// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.queues.api.AddPermissionRequest;
import dev.clew.queues.api.RemovePermissionRequest;
import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.call.QueueUrl;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** AddPermission and RemovePermission: statements of the queue's policy, by label. */
final class PermissionOperations {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final int MOST_ACTIONS = 7;

    private final Ledger ledger;

    PermissionOperations(Ledger ledger) {
        this.ledger = ledger;
    }

    Unit add(AddPermissionRequest input, Call call) {
        var label = Refusal.text(input.label(), "Label");
        if (!LABEL.matcher(label).matches()) {
            throw Refusal.value(label, "Label", "Can only include alphanumeric characters, hyphens, or underscores.");
        }
        var accounts = listed(input.awsAccountIds(), "PrincipalId");
        for (var account : accounts) {
            if (!ACCOUNT.matcher(account).matches()) {
                throw Refusal.value(account, "PrincipalId", "Unable to verify.");
            }
        }
        var actions = listed(input.actions(), "ActionName");
        return change(input.queueUrl(), call, queue -> QueuePolicy.add(queue, label, accounts, actions));
    }

    private static List<String> listed(@Nullable List<String> items, String parameter) {
        if (items == null || items.isEmpty()) {
            throw Refusal.missing(parameter);
        }
        if (parameter.equals("ActionName") && items.size() > MOST_ACTIONS) {
            throw SqsErrors.overLimit(items.size() + " Actions were found, maximum allowed is " + MOST_ACTIONS + '.');
        }
        return items;
    }

    Unit remove(RemovePermissionRequest input, Call call) {
        var label = Refusal.text(input.label(), "Label");
        return change(input.queueUrl(), call, queue -> QueuePolicy.remove(queue, label));
    }

    private Unit change(@Nullable String url, Call call, Function<QueueDefinition, String> policy) {
        var address = QueueUrl.parse(url, call);
        return ledger.decide(turn -> {
            var queue = turn.state()
                    .find(address.scope(), address.name())
                    .orElseThrow(Refusal::noQueue)
                    .definition();
            var edit = Map.of(QueueAttributes.POLICY, policy.apply(queue));
            turn.change(new Change.QueueSet(
                    queue.withAttributes(QueueAttributes.merge(queue.attributes(), edit), turn.now())));
            return Unit.VALUE;
        });
    }
}
