package dev.kadao;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The import rule: imports point down only.
 *
 * <p>Each package has the full list of what it may see; whatever is not on the list is refused. A package that does not
 * exist yet keeps its rule trivially, and a package without a rule is refused by {@link #every_package_has_a_rule}.
 */
class ImportRuleTest {

    private static final String FRONT_DOOR = "dev.kadao";
    private static final String ORDER = "dev.kadao.order..";
    private static final String POLICY = "dev.kadao.policy..";
    private static final String PORT = "dev.kadao.port..";
    private static final String LIFECYCLE = "dev.kadao.lifecycle..";
    private static final String CODEC = "dev.kadao.codec..";
    private static final String ENGINE = "dev.kadao.engine..";
    private static final String INSIGHT = "dev.kadao.insight..";
    private static final String DESK = "dev.kadao.desk..";
    private static final String SUPPORT = "dev.kadao.support..";
    private static final String MEMORY = "dev.kadao.memory..";
    private static final String WIRE = "dev.kadao.wire..";

    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String RESILIENCE4J = "io.github.resilience4j..";
    private static final String SLF4J = "org.slf4j..";

    private static JavaClasses core;

    @BeforeAll
    static void import_the_classes_of_this_module() {
        core = new ClassFileImporter().importPath(Path.of(System.getProperty("basedir", ""), "target", "classes"));
        assertThat(core).as("classes of core").isNotEmpty();
    }

    @Test
    void every_package_has_a_rule() {
        classes()
                .should()
                .resideInAnyPackage(
                        FRONT_DOOR,
                        ORDER,
                        POLICY,
                        PORT,
                        LIFECYCLE,
                        CODEC,
                        ENGINE,
                        INSIGHT,
                        DESK,
                        SUPPORT,
                        MEMORY,
                        WIRE,
                        "")
                .check(core);
    }

    @Test
    void order_sees_the_jdk_alone() {
        sees(ORDER).check(core);
    }

    @Test
    void policy_sees_order() {
        sees(POLICY, ORDER).check(core);
    }

    @Test
    void port_sees_order_and_policy() {
        sees(PORT, ORDER, POLICY).check(core);
    }

    @Test
    void lifecycle_sees_order_policy_and_port() {
        sees(LIFECYCLE, ORDER, POLICY, PORT).check(core);
    }

    @Test
    void codec_sees_order_policy_port_lifecycle_and_jackson() {
        sees(CODEC, ORDER, POLICY, PORT, LIFECYCLE, JACKSON).check(core);
    }

    @Test
    void insight_sees_order_policy_and_port() {
        sees(INSIGHT, ORDER, POLICY, PORT).check(core);
    }

    @Test
    void memory_sees_order_policy_and_port() {
        sees(MEMORY, ORDER, POLICY, PORT, SLF4J).check(core);
    }

    @Test
    void engine_sees_neither_the_desk_nor_the_front_door_nor_jackson() {
        sees(ENGINE, ORDER, POLICY, PORT, LIFECYCLE, CODEC, INSIGHT, MEMORY, RESILIENCE4J, SLF4J)
                .check(core);
    }

    @Test
    void desk_sees_neither_lifecycle_nor_codec_nor_the_front_door() {
        sees(DESK, ORDER, POLICY, PORT, INSIGHT, ENGINE, SLF4J).check(core);
    }

    /** It says what to do about words in a state and how to say it; the front door does it, so it needs no engine. */
    @Test
    void support_sees_order_policy_port_and_insight() {
        sees(SUPPORT, ORDER, POLICY, PORT, INSIGHT).check(core);
    }

    @Test
    void the_front_door_sees_neither_lifecycle_nor_codec() {
        sees(FRONT_DOOR, ORDER, POLICY, PORT, INSIGHT, ENGINE, DESK, SUPPORT, MEMORY, SLF4J)
                .check(core);
    }

    @Test
    void wire_sees_order_port_and_jackson() {
        sees(WIRE, ORDER, PORT, JACKSON, "javax.net.ssl..").check(core);
    }

    @Test
    void wire_is_for_adapters_outside_of_core() {
        onlyKnownTo(WIRE, WIRE).check(core);
    }

    @Test
    void jackson_is_known_to_codec_and_wire_alone() {
        onlyKnownTo(JACKSON, CODEC, WIRE).check(core);
    }

    @Test
    void codec_is_known_to_engine_alone() {
        onlyKnownTo(CODEC, CODEC, ENGINE).check(core);
    }

    @Test
    void lifecycle_is_known_to_engine_and_codec_alone() {
        onlyKnownTo(LIFECYCLE, LIFECYCLE, CODEC, ENGINE).check(core);
    }

    @Test
    void lifecycle_asks_no_clock_no_randomness_and_nothing_outside() {
        // "Pure" as far as byte code shows it: what decide(..) needs to know comes in with the event.
        noClasses()
                .that()
                .resideInAPackage(LIFECYCLE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io", "java.net..", "java.nio.file..", "java.sql..", "java.util.random.."))
                .orShould()
                .callMethodWhere(target(owner(resideInAPackage("java..")))
                        .and(target(nameMatching("now|currentTimeMillis|nanoTime|randomUUID|random|sleep"))))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.time\\.(Clock|InstantSource)|java\\.util\\.Random|java\\.security\\.SecureRandom"
                                + "|java\\.util\\.concurrent\\.ThreadLocalRandom")
                .allowEmptyShould(true)
                .check(core);
    }

    /** The package sees the JDK, JSpecify's annotations, itself and what is named. */
    private static ArchRule sees(String aPackage, String... others) {
        List<String> allowed = new ArrayList<>(List.of(others));
        allowed.add(aPackage);
        allowed.add("java..");
        allowed.add("javax.crypto..");
        allowed.add("org.jspecify.annotations");
        return classes()
                .that()
                .resideInAPackage(aPackage)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .allowEmptyShould(true);
    }

    private static ArchRule onlyKnownTo(String aPackage, String... users) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(users)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(aPackage);
    }
}
