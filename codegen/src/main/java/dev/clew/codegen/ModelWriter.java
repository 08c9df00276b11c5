// SPDX-License-Identifier: Apache-2.0
package dev.clew.codegen;

import static dev.clew.codegen.GenerateApi.shape;
import static dev.clew.codegen.GenerateApi.wire;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.element.Modifier;
import tools.jackson.databind.JsonNode;

/** Writes the operations and errors of one service. */
final class ModelWriter {
    private ModelWriter() {}

    static TypeSpec service(ServiceCatalog service, String javaPackage, JsonNode model, OperationList operations) {
        var type = TypeSpec.classBuilder(Names.capitalized(service.id()) + "Model")
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("Generated: the service and the operations that are bound.")
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        var bound = new ArrayList<CodeBlock>();
        var unsupported = new ArrayList<CodeBlock>();
        for (var operation : model.get("operations").properties()) {
            var name = operation.getKey();
            var http = operation.getValue().path("http");
            if (operations.binds(name)) {
                type.addField(operation(javaPackage, name, operation.getValue()));
                bound.add(CodeBlock.of("$L", Names.constant(name)));
            } else {
                unsupported.add(CodeBlock.of(
                        "new $T($S, $S, $S, $S)",
                        wire("ServiceModel").nestedClass("Unsupported"),
                        name,
                        http.path("method").asString("POST"),
                        http.path("requestUri").asString("/"),
                        operations.reasons().get(name)));
            }
        }
        var metadata = model.get("metadata");
        var protocols = service.protocols().stream()
                .map(protocol -> CodeBlock.of("$T.$L", wire("ServiceModel").nestedClass("Protocol"), protocol))
                .toList();
        var namespace =
                service.xmlNamespace() == null ? metadata.path("xmlNamespace").asString("") : service.xmlNamespace();
        type.addField(
                FieldSpec.builder(wire("ServiceModel"), "SERVICE", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                        .initializer(
                                "new $T($S, $S, $L, $S, $S, $S, $S, $S,\n$L,\n$L,\n$L)",
                                wire("ServiceModel"),
                                service.id(),
                                service.title(),
                                listOf(protocols),
                                metadata.path("signingName")
                                        .asString(metadata.get("endpointPrefix").asString()),
                                metadata.path("targetPrefix").asString(""),
                                metadata.path("jsonVersion").asString(targetsWithoutVersion(metadata)),
                                metadata.get("apiVersion").asString(),
                                namespace,
                                listOf(bound),
                                listOf(unsupported),
                                listOf(errorModels(model)))
                        .build());
        return type.build();
    }

    /** CloudWatch's model names no version for the JSON protocol it also speaks: it is 1.0. */
    private static String targetsWithoutVersion(JsonNode metadata) {
        return metadata.has("targetPrefix") ? "1.0" : "";
    }

    private static FieldSpec operation(String javaPackage, String name, JsonNode operation) {
        var input = structure(javaPackage, operation.path("input"));
        var output = structure(javaPackage, operation.path("output"));
        var http = operation.path("http");
        return FieldSpec.builder(
                        ParameterizedTypeName.get(wire("OperationModel"), input, output),
                        Names.constant(name),
                        Modifier.PUBLIC,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .initializer(
                        "new $T<>($S, $S, $S, $L, $T.SHAPE, $T.SHAPE)",
                        wire("OperationModel"),
                        name,
                        http.path("method").asString("POST"),
                        http.path("requestUri").asString("/"),
                        http.path("responseCode").asInt(200),
                        input,
                        output)
                .build();
    }

    private static ClassName structure(String javaPackage, JsonNode reference) {
        return reference.has("shape")
                ? ClassName.get(javaPackage, reference.get("shape").asString())
                : shape("Unit");
    }

    static TypeSpec errors(ServiceCatalog service, JsonNode model) {
        var type = TypeSpec.classBuilder(Names.capitalized(service.id()) + "Errors")
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("Generated: the errors that the service's model names.")
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        for (var shape : exceptions(model)) {
            var server = server(shape.getValue());
            type.addMethod(MethodSpec.methodBuilder(Names.component(shape.getKey()))
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .returns(wire("ServiceException"))
                    .addParameter(String.class, "message")
                    .addStatement(
                            "return $T.$L($S, $L, message)",
                            wire("ServiceException"),
                            server ? "server" : "client",
                            shape.getKey(),
                            status(shape.getValue()))
                    .build());
        }
        return type.build();
    }

    private static List<CodeBlock> errorModels(JsonNode model) {
        return exceptions(model).stream()
                .map(shape -> CodeBlock.of(
                        "new $T($S, $S, $L, $L, $S)",
                        wire("ServiceModel").nestedClass("ErrorModel"),
                        shape.getKey(),
                        shape.getValue().path("error").path("code").asString(shape.getKey()),
                        status(shape.getValue()),
                        server(shape.getValue()),
                        messageMember(shape.getValue())))
                .toList();
    }

    private static List<Map.Entry<String, JsonNode>> exceptions(JsonNode model) {
        return model.get("shapes").properties().stream()
                .filter(shape -> shape.getValue().path("exception").asBoolean(false))
                .toList();
    }

    private static boolean server(JsonNode shape) {
        return shape.path("fault").asBoolean(false) || status(shape) >= 500;
    }

    private static int status(JsonNode shape) {
        return shape.path("error")
                .path("httpStatusCode")
                .asInt(shape.path("fault").asBoolean(false) ? 500 : 400);
    }

    private static String messageMember(JsonNode shape) {
        return shape.path("members").properties().stream()
                .map(Map.Entry::getKey)
                .filter(member -> member.toLowerCase(Locale.ROOT).equals("message"))
                .findFirst()
                .orElse("message");
    }

    private static CodeBlock listOf(List<CodeBlock> items) {
        var array = CodeBlock.join(items, ",\n");
        return items.size() > 10
                ? CodeBlock.of("$T.of(new $L[] {\n$L})", List.class, elementType(items), array)
                : CodeBlock.of("$T.of($L)", List.class, array);
    }

    /** Long lists go through List.of(array), whose element type must be written out. */
    private static CodeBlock elementType(List<CodeBlock> items) {
        var first = items.getFirst().toString();
        if (first.startsWith("new ")) {
            var name = first.substring("new ".length(), first.indexOf('('));
            return CodeBlock.of("$L", name);
        }
        return CodeBlock.of("$T<?, ?>", wire("OperationModel"));
    }
}
