// SPDX-License-Identifier: Apache-2.0
package dev.clew.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Generates one service's Java: a record per structure that its bound operations reach, {@code …Model} with the service
 * and its operations, {@code …Errors} with its exceptions, {@code …Shapes} with the constrained simple types.
 *
 * <p>Arguments: service id, package, operations file, output folder.
 */
public final class GenerateApi {
    private final ServiceCatalog service;
    private final String javaPackage;
    private final Path folder;
    private final Set<Path> written = new HashSet<>();
    private final JsonNode model;

    private GenerateApi(ServiceCatalog service, String javaPackage, Path output) {
        this.service = service;
        this.javaPackage = javaPackage;
        this.folder = output.resolve(javaPackage.replace('.', '/'));
        this.model = service.model();
    }

    /** Entry point; see the class. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("expected: service, package, operations file, output folder");
        }
        var generator = new GenerateApi(ServiceCatalog.find(arguments[0]), arguments[1], Path.of(arguments[3]));
        generator.generate(Path.of(arguments[2]));
    }

    private void generate(Path operationsFile) throws IOException {
        var names = new TreeSet<String>();
        model.get("operations").properties().forEach(property -> names.add(property.getKey()));
        var operations = OperationList.read(operationsFile, names);

        var reached = new TreeSet<String>();
        for (var name : names) {
            if (operations.binds(name)) {
                reach(
                        model.get("operations")
                                .get(name)
                                .path("input")
                                .path("shape")
                                .asString(""),
                        reached);
                reach(
                        model.get("operations")
                                .get(name)
                                .path("output")
                                .path("shape")
                                .asString(""),
                        reached);
            }
        }
        var shapes = new ShapeWriter(javaPackage, Names.capitalized(service.id()), model.get("shapes"));
        for (var name : reached) {
            if (shapes.isStructure(name)) {
                write(shapes.structure(name));
            }
        }
        write(shapes.simpleShapes(reached));
        write(ModelWriter.service(service, javaPackage, model, operations));
        write(ModelWriter.errors(service, model));
        write("package-info", """
            /** Generated from the service model of %s: its operations, structures and errors. */
            @NullMarked
            package %s;

            import org.jspecify.annotations.NullMarked;
            """.formatted(service.title(), javaPackage));
        deleteOthers();
    }

    private void reach(String name, TreeSet<String> reached) {
        if (name.isEmpty() || !reached.add(name)) {
            return;
        }
        var shape = model.get("shapes").get(name);
        for (var member : shape.path("members").properties()) {
            reach(member.getValue().get("shape").asString(), reached);
        }
        for (var part : new String[] {"member", "key", "value"}) {
            reach(shape.path(part).path("shape").asString(""), reached);
        }
    }

    private void write(TypeSpec type) throws IOException {
        var text = JavaFile.builder(javaPackage, type)
                .indent("    ")
                .skipJavaLangImports(true)
                .build()
                .toString();
        write(type.name(), text);
    }

    /** Leaves a file alone that is right already, so that nothing is compiled again for it. */
    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name + ".java");
        written.add(file);
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(folder);
            Files.writeString(file, text);
        }
    }

    /** What an earlier run made and this one did not. */
    private void deleteOthers() throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> !written.contains(file)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The class of wire that has this simple name. */
    static ClassName wire(String simpleName) {
        return ClassName.get("dev.clew.wire", simpleName);
    }

    /** The class of wire's shapes that has this simple name. */
    static ClassName shape(String simpleName, String... nested) {
        return ClassName.get("dev.clew.wire.shape", simpleName, nested);
    }
}
