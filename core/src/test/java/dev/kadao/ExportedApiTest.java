package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users of the library can see: which packages, and in them no type of a library that is ours to exchange. */
class ExportedApiTest {

    private static final Set<String> FOR_USERS = Set.of(
            "dev.kadao",
            "dev.kadao.order",
            "dev.kadao.policy",
            "dev.kadao.port",
            "dev.kadao.insight",
            "dev.kadao.desk",
            "dev.kadao.support",
            "dev.kadao.memory");
    private static final Set<String> READ_BY_JACKSON =
            Set.of("dev.kadao.order", "dev.kadao.policy", "dev.kadao.port", "dev.kadao.lifecycle");
    private static final Set<String> OWN_ADAPTERS = Set.of("dev.kadao.gateways", "dev.kadao.suppliers");
    private static final List<String> HIDDEN_LIBRARIES =
            List.of("com.fasterxml.jackson.", "io.github.resilience4j.", "org.slf4j.");

    private static ModuleDescriptor module;
    private static JavaClasses core;

    @BeforeAll
    static void read_the_compiled_module() throws IOException {
        Path output = Path.of(System.getProperty("basedir", ""), "target", "classes");
        try (InputStream descriptor = Files.newInputStream(output.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(descriptor);
        }
        core = new ClassFileImporter().importPath(output);
        assertThat(core).as("classes of core").isNotEmpty();
    }

    @Test
    void lifecycle_codec_and_engine_are_exported_to_nobody() {
        assertThat(exportedToAll()).isSubsetOf(FOR_USERS);
    }

    @Test
    void a_package_for_users_that_has_public_types_is_exported() {
        Set<String> withPublicTypes = core.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getPackageName)
                .filter(FOR_USERS::contains)
                .collect(Collectors.toSet());
        assertThat(exportedToAll()).containsAll(withPublicTypes);
    }

    @Test
    void what_is_opened_or_exported_to_one_module_is_for_jackson_or_our_own_adapters_alone() {
        List<String> others = Stream.concat(
                        module.exports().stream()
                                .filter(ModuleDescriptor.Exports::isQualified)
                                .filter(e ->
                                        !e.source().equals("dev.kadao.wire") || !OWN_ADAPTERS.containsAll(e.targets()))
                                .map(e -> e.source() + " to " + e.targets()),
                        module.opens().stream().map(o -> o.source() + " to " + o.targets()))
                .filter(line -> READ_BY_JACKSON.stream()
                        .noneMatch(p -> line.equals(p + " to [com.fasterxml.jackson.databind]")))
                .toList();
        assertThat(module.isOpen()).isFalse();
        assertThat(others).isEmpty();
    }

    @Test
    void no_exported_signature_names_a_type_of_jackson_resilience4j_or_slf4j() {
        Set<String> exported = exportedToAll();
        List<String> found = new ArrayList<>();
        for (JavaClass type : core) {
            if (exported.contains(type.getPackageName()) && canBeSeen(type)) {
                hiddenTypesOf(type).forEach(hidden -> found.add(type.getName() + " shows " + hidden));
                type.getMembers().stream()
                        .filter(ExportedApiTest::canBeSeen)
                        .forEach(member -> hiddenTypesOf(member)
                                .forEach(hidden -> found.add(member.getFullName() + " shows " + hidden)));
            }
        }
        assertThat(found).isEmpty();
    }

    private static Set<String> exportedToAll() {
        return module.exports().stream()
                .filter(e -> !e.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    private static boolean canBeSeen(JavaClass type) {
        return isPublicOrProtected(type.getModifiers())
                && type.getEnclosingClass().map(ExportedApiTest::canBeSeen).orElse(true);
    }

    private static boolean canBeSeen(JavaMember member) {
        return isPublicOrProtected(member.getModifiers());
    }

    private static boolean isPublicOrProtected(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<String> hiddenTypesOf(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> signature = Stream.concat(above, type.getTypeParameters().stream());
        return hidden(Stream.concat(
                signature.flatMap(t -> t.getAllInvolvedRawTypes().stream()), annotations(type.getAnnotations())));
    }

    private static Stream<String> hiddenTypesOf(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit unit ? unit.getThrowsClause().getTypes().stream() : Stream.empty();
        Stream<JavaClass> signature = Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown);
        return hidden(Stream.concat(signature, annotations(member.getAnnotations())));
    }

    private static Stream<JavaClass> annotations(Set<? extends JavaAnnotation<?>> annotations) {
        return annotations.stream().map(JavaAnnotation::getRawType);
    }

    private static Stream<String> hidden(Stream<JavaClass> types) {
        return types.map(JavaClass::getName)
                .filter(name -> HIDDEN_LIBRARIES.stream().anyMatch(name::startsWith))
                .distinct();
    }
}
