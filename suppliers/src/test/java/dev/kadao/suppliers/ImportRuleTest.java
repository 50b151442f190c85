package dev.kadao.suppliers;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An adapter is written against the nouns and the ports, as anyone else's would be, and what our own ones share. */
class ImportRuleTest {

    @Test
    void this_adapter_sees_order_port_and_wire_alone() {
        JavaClasses adapter =
                new ClassFileImporter().importPath(Path.of(System.getProperty("basedir", ""), "target", "classes"));
        assertThat(adapter).as("classes of this adapter").isNotEmpty();

        classes()
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.kadao..")
                        .or(resideInAnyPackage(
                                "dev.kadao.order..", "dev.kadao.port..", "dev.kadao.wire..", "dev.kadao.suppliers..")))
                .check(adapter);
    }

    @Test
    void one_class_alone_knows_jakarta_mail() {
        JavaClasses adapter =
                new ClassFileImporter().importPath(Path.of(System.getProperty("basedir", ""), "target", "classes"));

        noClasses()
                .that()
                .haveNameNotMatching(".*\\.SmtpDelivery(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta..", "org.eclipse.angus.."))
                .check(adapter);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.eclipse.angus.."))
                .check(adapter);
    }
}
