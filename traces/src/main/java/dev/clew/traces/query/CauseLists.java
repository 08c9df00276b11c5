// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.traces.api.ErrorRootCause;
import dev.clew.traces.api.ErrorRootCauseEntity;
import dev.clew.traces.api.ErrorRootCauseService;
import dev.clew.traces.api.FaultRootCause;
import dev.clew.traces.api.FaultRootCauseEntity;
import dev.clew.traces.api.FaultRootCauseService;
import dev.clew.traces.api.ResponseTimeRootCause;
import dev.clew.traces.api.ResponseTimeRootCauseEntity;
import dev.clew.traces.api.ResponseTimeRootCauseService;
import dev.clew.traces.api.RootCauseException;
import dev.clew.traces.digest.TraceDigest.CauseEntity;
import dev.clew.traces.digest.TraceDigest.CauseService;
import dev.clew.traces.digest.TraceDigest.RootCause;
import java.util.List;
import java.util.Objects;

/** Writes root causes, with texts where clients expect texts. The model has one family of structures for each kind, alike but for their names. */
final class CauseLists {
    private CauseLists() {}

    static List<FaultRootCause> faults(List<RootCause> causes) {
        return causes.stream()
                .map(cause -> new FaultRootCause(
                        cause.services().stream().map(CauseLists::faultService).toList(), cause.clientImpacting()))
                .toList();
    }

    private static FaultRootCauseService faultService(CauseService service) {
        var node = service.node();
        return FaultRootCauseService.builder()
                .name(node.name())
                .names(List.of(node.name()))
                .type(node.type())
                .accountId(node.account())
                .inferred(service.inferred())
                .entityPath(service.entityPath().stream()
                        .map(entity -> new FaultRootCauseEntity(entity.name(), exceptions(entity), entity.remote()))
                        .toList())
                .build();
    }

    static List<ErrorRootCause> errors(List<RootCause> causes) {
        return causes.stream()
                .map(cause -> new ErrorRootCause(
                        cause.services().stream().map(CauseLists::errorService).toList(), cause.clientImpacting()))
                .toList();
    }

    private static ErrorRootCauseService errorService(CauseService service) {
        var node = service.node();
        return ErrorRootCauseService.builder()
                .name(node.name())
                .names(List.of(node.name()))
                .type(node.type())
                .accountId(node.account())
                .inferred(service.inferred())
                .entityPath(service.entityPath().stream()
                        .map(entity -> new ErrorRootCauseEntity(entity.name(), exceptions(entity), entity.remote()))
                        .toList())
                .build();
    }

    static List<ResponseTimeRootCause> responseTimes(List<RootCause> causes) {
        return causes.stream()
                .map(cause -> new ResponseTimeRootCause(
                        cause.services().stream().map(CauseLists::slowService).toList(), cause.clientImpacting()))
                .toList();
    }

    private static ResponseTimeRootCauseService slowService(CauseService service) {
        var node = service.node();
        return ResponseTimeRootCauseService.builder()
                .name(node.name())
                .names(List.of(node.name()))
                .type(node.type())
                .accountId(node.account())
                .inferred(service.inferred())
                .entityPath(service.entityPath().stream()
                        .map(entity ->
                                new ResponseTimeRootCauseEntity(entity.name(), entity.coverage(), entity.remote()))
                        .toList())
                .build();
    }

    private static List<RootCauseException> exceptions(CauseEntity entity) {
        return entity.exceptions().stream()
                .map(thrown -> new RootCauseException(
                        Objects.requireNonNullElse(thrown.name(), ""),
                        Objects.requireNonNullElse(thrown.message(), "")))
                .toList();
    }
}
