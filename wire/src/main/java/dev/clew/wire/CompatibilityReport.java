// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import dev.clew.wire.ServiceModel.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The page {@code docs/compatibility.md}: what each service supports, generated from the bindings so that claim and code
 * cannot differ. The same bindings always give the same text.
 */
public final class CompatibilityReport {
    private CompatibilityReport() {}

    /** The page in Markdown; services in the order of their titles, operations in that of their names. */
    public static String markdown(List<ServiceBinding> services) {
        var sorted = services.stream()
                .sorted(Comparator.comparing(binding -> binding.service().title()))
                .toList();
        var page = new StringBuilder();
        page.append("""
            # Compatibility

            Generated from the operations that are bound. Do not edit: change the code, and generate it again.

            An operation listed as unsupported answers `NotImplemented` (HTTP status 501) with the reason given here.

            | service | protocols | supported | unsupported |
            |---|---|---:|---:|
            """);
        sorted.forEach(binding -> appendSummary(page, binding.service()));
        sorted.forEach(binding -> appendOperations(page, binding.service()));
        return page.toString();
    }

    private static void appendSummary(StringBuilder page, ServiceModel service) {
        page.append("| ").append(service.title());
        page.append(" | ").append(protocols(service));
        page.append(" | ").append(service.operations().size());
        page.append(" | ").append(service.unsupported().size()).append(" |\n");
    }

    private static String protocols(ServiceModel service) {
        return service.protocols().stream()
                .map(protocol -> name(protocol, service))
                .collect(Collectors.joining(", "));
    }

    private static String name(Protocol protocol, ServiceModel service) {
        return switch (protocol) {
            case AWS_JSON -> "JSON " + service.jsonVersion();
            case REST_JSON -> "REST JSON";
            case AWS_QUERY -> "query";
            case RPC_V2_CBOR -> "RPC v2 CBOR";
        };
    }

    private static void appendOperations(StringBuilder page, ServiceModel service) {
        var answers = new TreeMap<String, String>();
        service.operations().forEach(operation -> answers.put(operation.name(), "supported"));
        service.unsupported()
                .forEach(operation -> answers.put(operation.name(), "unsupported: " + cell(operation.reason())));
        page.append("\n## ").append(service.title()).append("\n\n");
        page.append("Signing name `").append(service.signingName()).append("`, API version ");
        page.append(service.apiVersion()).append(".\n\n| operation | |\n|---|---|\n");
        answers.forEach((name, answer) ->
                page.append("| ").append(name).append(" | ").append(answer).append(" |\n"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
