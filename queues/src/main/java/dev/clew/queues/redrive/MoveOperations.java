// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.redrive;

import dev.clew.core.IdSource;
import dev.clew.queues.api.CancelMessageMoveTaskRequest;
import dev.clew.queues.api.CancelMessageMoveTaskResult;
import dev.clew.queues.api.ListMessageMoveTasksRequest;
import dev.clew.queues.api.ListMessageMoveTasksResult;
import dev.clew.queues.api.ListMessageMoveTasksResultEntry;
import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.api.SqsModel;
import dev.clew.queues.api.StartMessageMoveTaskRequest;
import dev.clew.queues.api.StartMessageMoveTaskResult;
import dev.clew.queues.call.Batch;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.MoveTask;
import dev.clew.queues.ledger.Queue;
import dev.clew.queues.ledger.State;
import dev.clew.wire.Call;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** StartMessageMoveTask, CancelMessageMoveTask, ListMessageMoveTasks. */
public final class MoveOperations {
    private static final int KEPT_PER_QUEUE = 10;

    private final Ledger ledger;
    private final IdSource ids;
    private final Mover mover;

    public MoveOperations(Ledger ledger, IdSource ids, Mover mover) {
        this.ledger = ledger;
        this.ids = ids;
        this.mover = mover;
    }

    /** Adds the operations to {@code binding}. */
    public void bind(ServiceBinding.Builder binding) {
        binding.bind(SqsModel.START_MESSAGE_MOVE_TASK, this::start)
                .bind(SqsModel.CANCEL_MESSAGE_MOVE_TASK, this::cancel)
                .bind(SqsModel.LIST_MESSAGE_MOVE_TASKS, this::list);
    }

    private StartMessageMoveTaskResult start(StartMessageMoveTaskRequest input, Call call) {
        var sourceArn = Refusal.text(input.sourceArn(), "SourceArn");
        Refusal.range(
                input.maxNumberOfMessagesPerSecond(),
                "MaxNumberOfMessagesPerSecond",
                1,
                500,
                "Must be between 1 and 500, if provided.");
        var id = ids.nextUuid().toString();
        ledger.decide(turn -> {
            var source = turn.upToDate(turn.state().find(sourceArn).orElseThrow(() -> noQueue("SourceArn")));
            checkDestination(turn.state(), source, input.destinationArn());
            if (!isDeadLetterQueue(turn.state(), sourceArn)) {
                throw Refusal.invalid("Source queue must be configured as a Dead Letter Queue.");
            }
            if (source.tasks().values().stream().anyMatch(MoveOperations::running)) {
                throw SqsErrors.unsupportedOperation("There is already a task running. Only one active task is allowed"
                        + " for a source queue arn at a given time.");
            }
            forgetOldest(turn, source);
            turn.change(new Change.TaskSet(new MoveTask(
                    id,
                    source.id(),
                    sourceArn,
                    input.destinationArn(),
                    input.maxNumberOfMessagesPerSecond(),
                    MoveTask.Status.RUNNING,
                    source.counts().visible(),
                    0,
                    null,
                    turn.now())));
            return id;
        });
        mover.poke();
        return new StartMessageMoveTaskResult(handle(id, sourceArn));
    }

    private static void checkDestination(State state, Queue source, @Nullable String arn) {
        if (arn == null) {
            return;
        }
        var destination = state.find(arn).orElseThrow(() -> noQueue("DestinationArn"));
        if (destination.id() == source.id()) {
            throw Refusal.invalid("Source queue arn and destination queue arn cannot be the same.");
        }
        if (destination.definition().fifo() != source.definition().fifo()) {
            throw Refusal.invalid("Source queue and destination queue must be of the same type.");
        }
    }

    private static boolean isDeadLetterQueue(State state, String arn) {
        return state.all().stream()
                .anyMatch(queue -> queue.redrive()
                        .filter(policy -> policy.target().equals(arn))
                        .isPresent());
    }

    private static void forgetOldest(Ledger.Turn turn, Queue source) {
        source.tasks().values().stream()
                .sorted(newestFirst())
                .skip(KEPT_PER_QUEUE - 1)
                .forEach(task -> turn.change(new Change.TaskForgotten(task)));
    }

    private CancelMessageMoveTaskResult cancel(CancelMessageMoveTaskRequest input, Call call) {
        var handle = Refusal.text(input.taskHandle(), "TaskHandle");
        var parts = parts(handle);
        var moved = ledger.decide(turn -> {
            var task = turn.state()
                    .find(parts[1])
                    .map(queue -> queue.tasks().get(parts[0]))
                    .orElseThrow(() -> SqsErrors.resourceNotFoundException("Task does not exist."));
            if (!running(task)) {
                throw SqsErrors.unsupportedOperation("Only active tasks can be cancelled.");
            }
            turn.change(new Change.TaskSet(task.ended(MoveTask.Status.CANCELLED, null)));
            return task.moved();
        });
        return new CancelMessageMoveTaskResult(moved);
    }

    private ListMessageMoveTasksResult list(ListMessageMoveTasksRequest input, Call call) {
        var sourceArn = Refusal.text(input.sourceArn(), "SourceArn");
        Refusal.range(input.maxResults(), "MaxResults", 1, 10, "Must be between 1 and 10, if provided.");
        int max = input.maxResults() == null ? 1 : input.maxResults();
        List<MoveTask> tasks = ledger.decide(
                turn -> turn.state().find(sourceArn).orElseThrow(() -> noQueue("SourceArn")).tasks().values().stream()
                        .sorted(newestFirst())
                        .limit(max)
                        .toList());
        return new ListMessageMoveTasksResult(
                Batch.listed(tasks.stream().map(MoveOperations::entry).toList()));
    }

    private static ListMessageMoveTasksResultEntry entry(MoveTask task) {
        return ListMessageMoveTasksResultEntry.builder()
                .taskHandle(running(task) ? handle(task.id(), task.sourceArn()) : null)
                .status(task.status().name())
                .sourceArn(task.sourceArn())
                .destinationArn(task.destinationArn())
                .maxNumberOfMessagesPerSecond(task.perSecond())
                .approximateNumberOfMessagesMoved(task.moved())
                .approximateNumberOfMessagesToMove(task.toMove())
                .failureReason(task.failure())
                .startedTimestamp(task.startedAt())
                .build();
    }

    private static Comparator<MoveTask> newestFirst() {
        return Comparator.comparingLong(MoveTask::startedAt).reversed().thenComparing(MoveTask::id);
    }

    private static boolean running(MoveTask task) {
        return task.status() == MoveTask.Status.RUNNING;
    }

    private static ServiceException noQueue(String parameter) {
        return SqsErrors.resourceNotFoundException(
                "The resource that you specified for the " + parameter + " parameter doesn't exist.");
    }

    private static String handle(String id, String sourceArn) {
        return Base64.getEncoder().encodeToString((id + ' ' + sourceArn).getBytes(StandardCharsets.UTF_8));
    }

    private static String[] parts(String handle) {
        try {
            var parts = new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8).split(" ", 2);
            if (parts.length == 2) {
                return parts;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw Refusal.invalid("Value for parameter TaskHandle is invalid.");
    }
}
