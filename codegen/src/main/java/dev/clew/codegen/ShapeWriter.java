// SPDX-License-Identifier: Apache-2.0
package dev.clew.codegen;

import static dev.clew.codegen.GenerateApi.shape;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes the shapes of one service: records for structures, constants for everything else. */
final class ShapeWriter {
    private static final AnnotationSpec NULLABLE =
            AnnotationSpec.builder(Nullable.class).build();
    private static final ClassName SHAPE = shape("Shape");
    private static final ClassName MEMBER = shape("Member");
    private static final ClassName STRUCTURE = shape("Structure");

    private final String javaPackage;
    private final ClassName simpleShapes;
    private final JsonNode shapes;

    ShapeWriter(String javaPackage, String prefix, JsonNode shapes) {
        this.javaPackage = javaPackage;
        this.simpleShapes = ClassName.get(javaPackage, prefix + "Shapes");
        this.shapes = shapes;
    }

    boolean isStructure(String name) {
        return shapes.get(name).get("type").asString().equals("structure") && !isDocument(name);
    }

    private boolean isDocument(String name) {
        return shapes.get(name).path("document").asBoolean(false);
    }

    // ---- structures

    TypeSpec structure(String name) {
        var type = ClassName.get(javaPackage, name);
        var definition = shapes.get(name);
        var required = texts(definition.path("required"));
        var members = new ArrayList<>(definition.path("members").properties());

        var components = MethodSpec.constructorBuilder();
        for (var member : members) {
            var memberType = javaType(member.getValue().get("shape").asString());
            components.addParameter(ParameterSpec.builder(
                            required.contains(member.getKey()) ? memberType : memberType.annotated(NULLABLE),
                            Names.component(member.getKey()))
                    .build());
        }
        var record = TypeSpec.recordBuilder(type)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Generated: structure {@code $L}.", name)
                .recordConstructor(components.build())
                .addField(shapeField(type, name, definition, members, required));
        if (members.stream()
                .anyMatch(member -> sensitive(member.getValue().get("shape").asString()))) {
            record.addMethod(MethodSpec.methodBuilder("toString")
                    .addAnnotation(Override.class)
                    .addModifiers(Modifier.PUBLIC)
                    .returns(String.class)
                    .addStatement("return $S", name + "[sensitive]")
                    .build());
        }
        addBuilder(record, type, members);
        return record.build();
    }

    private boolean sensitive(String name) {
        return shapes.get(name).path("sensitive").asBoolean(false);
    }

    private FieldSpec shapeField(
            ClassName type,
            String name,
            JsonNode definition,
            List<Map.Entry<String, JsonNode>> members,
            Set<String> required) {
        var payload = definition.path("payload").asString("");
        var list = CodeBlock.builder().add("$T.of(", List.class);
        var construct = CodeBlock.builder().add("new $T(", type);
        var take = CodeBlock.builder().add("new Object[] {");
        for (int i = 0; i < members.size(); i++) {
            var member = members.get(i);
            var target = member.getValue().get("shape").asString();
            if (i > 0) {
                list.add(",");
                construct.add(", ");
                take.add(", ");
            }
            var wireName = member.getValue().path("locationName").asString(member.getKey());
            list.add(
                    "\nnew $T($S, $S, $S, $T.$L, $L, () -> $L)",
                    MEMBER,
                    member.getKey(),
                    wireName,
                    member.getValue().path("queryName").asString(wireName),
                    MEMBER.nestedClass("Place"),
                    place(member.getKey(), member.getValue(), payload),
                    required.contains(member.getKey()),
                    reference(target));
            construct.add("($T) values[$L]", javaType(target), i);
            take.add("record.$L()", Names.component(member.getKey()));
        }
        list.add(")");
        construct.add(")");
        take.add("}");
        var generic = ParameterizedTypeName.get(STRUCTURE, type);
        var initializer = CodeBlock.builder()
                .add(
                        "new $T($S, $L,\n$L,\n$L)",
                        generic,
                        name,
                        list.build(),
                        CodeBlock.of("values -> $L", construct.build()),
                        CodeBlock.of("record -> $L", take.build()));
        return FieldSpec.builder(generic, "SHAPE", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                        .addMember("value", "$S", "unchecked")
                        .build())
                .initializer(initializer.build())
                .build();
    }

    private static String place(String name, JsonNode member, String payload) {
        if (name.equals(payload)) {
            return "PAYLOAD";
        }
        return switch (member.path("location").asString("")) {
            case "" -> "BODY";
            case "uri" -> "URI";
            case "querystring" -> "QUERY";
            case "header" -> "HEADER";
            case "headers" -> "HEADERS";
            case "statusCode" -> "STATUS";
            default -> throw new IllegalStateException(name + ": unknown location " + member);
        };
    }

    private void addBuilder(TypeSpec.Builder record, ClassName type, List<Map.Entry<String, JsonNode>> members) {
        var builderType = type.nestedClass("Builder");
        var builder = TypeSpec.classBuilder(builderType)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("Builds the record; what is not set is absent.")
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        var arguments = new ArrayList<String>();
        for (var member : members) {
            var component = Names.component(member.getKey());
            var memberType = javaType(member.getValue().get("shape").asString()).annotated(NULLABLE);
            arguments.add(component);
            builder.addField(memberType, component, Modifier.PRIVATE);
            builder.addMethod(MethodSpec.methodBuilder(component)
                    .addModifiers(Modifier.PUBLIC)
                    .returns(builderType)
                    .addParameter(memberType, "value")
                    .addStatement("this.$L = value", component)
                    .addStatement("return this")
                    .build());
        }
        builder.addMethod(MethodSpec.methodBuilder("build")
                .addModifiers(Modifier.PUBLIC)
                .returns(type)
                .addStatement("return new $T($L)", type, String.join(", ", arguments))
                .build());
        record.addMethod(MethodSpec.methodBuilder("builder")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(builderType)
                .addStatement("return new $T()", builderType)
                .build());
        record.addType(builder.build());
    }

    // ---- types and references

    private TypeName javaType(String name) {
        if (isDocument(name)) {
            return ClassName.OBJECT;
        }
        var definition = shapes.get(name);
        return switch (definition.get("type").asString()) {
            case "string", "character" -> ClassName.get(String.class);
            case "blob" -> ArrayTypeName.of(TypeName.BYTE);
            case "boolean" -> ClassName.get(Boolean.class);
            case "integer" -> ClassName.get(Integer.class);
            case "long" -> ClassName.get(Long.class);
            case "double", "float" -> ClassName.get(Double.class);
            case "timestamp" -> ClassName.get(Instant.class);
            case "list" ->
                ParameterizedTypeName.get(
                        ClassName.get(List.class),
                        javaType(definition.get("member").get("shape").asString()));
            case "map" ->
                ParameterizedTypeName.get(
                        ClassName.get(Map.class),
                        ClassName.get(String.class),
                        javaType(definition.get("value").get("shape").asString()));
            case "structure" -> ClassName.get(javaPackage, name);
            default -> throw new IllegalStateException("unknown type of " + name + ": " + definition);
        };
    }

    private CodeBlock reference(String name) {
        return isStructure(name)
                ? CodeBlock.of("$T.SHAPE", ClassName.get(javaPackage, name))
                : CodeBlock.of("$T.$L", simpleShapes, Names.constant(name));
    }

    // ---- simple shapes

    TypeSpec simpleShapes(Collection<String> reached) {
        var holder = TypeSpec.classBuilder(simpleShapes)
                .addModifiers(Modifier.FINAL)
                .addJavadoc("Generated: the simple shapes of the service with their constraints.")
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        var seen = new HashSet<String>();
        for (var name : reached) {
            if (!isStructure(name)) {
                if (!seen.add(Names.constant(name))) {
                    throw new IllegalStateException("two shapes would be called " + Names.constant(name));
                }
                holder.addField(FieldSpec.builder(SHAPE, Names.constant(name), Modifier.STATIC, Modifier.FINAL)
                        .initializer(simple(name, shapes.get(name)))
                        .build());
            }
        }
        return holder.build();
    }

    private CodeBlock simple(String name, JsonNode definition) {
        var kind = definition.get("type").asString();
        if (isDocument(name)) {
            return CodeBlock.of("new $T()", SHAPE.nestedClass("Document"));
        }
        return switch (kind) {
            case "string", "character" -> text(definition);
            case "blob" ->
                CodeBlock.of(
                        "new $T($L, $L, $L)",
                        SHAPE.nestedClass("Blob"),
                        length(definition, "min", 0),
                        length(definition, "max", Integer.MAX_VALUE),
                        definition.path("sensitive").asBoolean(false));
            case "boolean" -> CodeBlock.of("new $T()", SHAPE.nestedClass("Bool"));
            case "integer" ->
                CodeBlock.of(
                        "new $T($LL, $LL)",
                        SHAPE.nestedClass("Int"),
                        definition.path("min").asLong(Integer.MIN_VALUE),
                        definition.path("max").asLong(Integer.MAX_VALUE));
            case "long" ->
                CodeBlock.of(
                        "new $T($LL, $LL)",
                        SHAPE.nestedClass("Long64"),
                        definition.path("min").asLong(Long.MIN_VALUE),
                        definition.path("max").asLong(Long.MAX_VALUE));
            case "double", "float" ->
                CodeBlock.of(
                        "new $T($L, $L)",
                        SHAPE.nestedClass("Real"),
                        definition.has("min") ? definition.get("min").asDouble() : "-Double.MAX_VALUE",
                        definition.has("max") ? definition.get("max").asDouble() : "Double.MAX_VALUE");
            case "timestamp" -> CodeBlock.of("new $T($L)", SHAPE.nestedClass("Time"), timeFormat(definition));
            case "list" ->
                CodeBlock.of(
                        "new $T(() -> $L, $S, $L, $L, $L)",
                        SHAPE.nestedClass("ListOf"),
                        reference(definition.get("member").get("shape").asString()),
                        definition.get("member").path("locationName").asString("member"),
                        definition.path("flattened").asBoolean(false),
                        length(definition, "min", 0),
                        length(definition, "max", Integer.MAX_VALUE));
            case "map" ->
                CodeBlock.of(
                        "new $T($L, () -> $L, $S, $S, $L, $L, $L)",
                        SHAPE.nestedClass("MapOf"),
                        reference(definition.get("key").get("shape").asString()),
                        reference(definition.get("value").get("shape").asString()),
                        definition.get("key").path("locationName").asString("key"),
                        definition.get("value").path("locationName").asString("value"),
                        definition.path("flattened").asBoolean(false),
                        length(definition, "min", 0),
                        length(definition, "max", Integer.MAX_VALUE));
            default -> throw new IllegalStateException("unknown type of " + name + ": " + kind);
        };
    }

    private static CodeBlock text(JsonNode definition) {
        var pattern = definition.path("pattern").asString("");
        var values = CodeBlock.builder().add("$T.of(", List.class);
        if (definition.path("enum").size() > 10) {
            values = CodeBlock.builder().add("$T.<String>of(new String[] {", List.class);
        }
        var first = true;
        for (var value : definition.path("enum")) {
            values.add(first ? "$S" : ", $S", value.asString());
            first = false;
        }
        values.add(definition.path("enum").size() > 10 ? "})" : ")");
        return CodeBlock.of(
                "new $T($L, $L, $L, $L, $L)",
                SHAPE.nestedClass("Text"),
                length(definition, "min", 0),
                length(definition, "max", Integer.MAX_VALUE),
                pattern.isEmpty()
                        ? CodeBlock.of("null")
                        : CodeBlock.of("$T.compile($S)", java.util.regex.Pattern.class, pattern),
                values.build(),
                definition.path("sensitive").asBoolean(false));
    }

    private static long length(JsonNode definition, String bound, int otherwise) {
        return Math.min(Integer.MAX_VALUE, definition.path(bound).asLong(otherwise));
    }

    private static CodeBlock timeFormat(JsonNode definition) {
        var constant = switch (definition.path("timestampFormat").asString("")) {
            case "unixTimestamp" -> "EPOCH_SECONDS";
            case "iso8601" -> "ISO_8601";
            case "rfc822" -> "HTTP_DATE";
            default -> "";
        };
        return constant.isEmpty()
                ? CodeBlock.of("null")
                : CodeBlock.of("$T.$L", SHAPE.nestedClass("Time").nestedClass("Format"), constant);
    }

    static Set<String> texts(JsonNode array) {
        var texts = new HashSet<String>();
        array.forEach(node -> texts.add(node.asString()));
        return texts;
    }
}
