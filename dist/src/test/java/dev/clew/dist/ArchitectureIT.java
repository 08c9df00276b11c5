// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The picture of ARCHITECTURE.md, as rules. */
class ArchitectureIT {
    private static final JavaClasses CLEW = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.clew");
    private static final String[] FEATURES = {
        "dev.clew.identity..",
        "dev.clew.events..",
        "dev.clew.queues..",
        "dev.clew.functions..",
        "dev.clew.gateway..",
        "dev.clew.traces..",
        "dev.clew.monitor.."
    };

    @Test
    void coreKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.clew.core..")
                .should()
                .dependOnClassesThat(ofOursOutside("dev.clew.core.."))
                .check(CLEW);
    }

    @Test
    void wireKnowsOnlyCore() {
        noClasses()
                .that()
                .resideInAPackage("dev.clew.wire..")
                .should()
                .dependOnClassesThat(ofOursOutside("dev.clew.wire..", "dev.clew.core.."))
                .check(CLEW);
    }

    @Test
    void featuresDoNotKnowEachOther() {
        for (var feature : FEATURES) {
            noClasses()
                    .that()
                    .resideInAPackage(feature)
                    .should()
                    .dependOnClassesThat(ofOursOutside(feature, "dev.clew.wire..", "dev.clew.core.."))
                    .check(CLEW);
        }
    }

    @Test
    void featuresDoNotKnowHowTheyAreStoredOrServed() {
        noClasses()
                .that()
                .resideInAnyPackage(FEATURES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.clew.storage..", "dev.clew.server..", "dev.clew.cli..", "io.helidon..", "org.rocksdb..")
                .because("stores and listeners are chosen by the composition root")
                .check(CLEW);
    }

    @Test
    void theCommandLineKnowsOnlyThePublicApi() {
        noClasses()
                .that()
                .resideInAPackage("dev.clew.cli..")
                .should()
                .dependOnClassesThat(ofOursOutside("dev.clew.cli..", "dev.clew.core.."))
                .check(CLEW);
    }

    @Test
    void timeAndIdentityAreInjected() {
        noClasses()
                .that()
                .resideInAnyPackage(FEATURES)
                .or()
                .resideInAnyPackage("dev.clew.wire..", "dev.clew.storage..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("only the composition root names the real clock and real chance")
                .check(CLEW);
    }

    @Test
    void generatorsStayInTheBuild() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.clew.codegen..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.clew.codegen..")
                .check(CLEW);
    }

    @Test
    void noPackageIsNamedAfterNothing() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..manager..", "..helper..")
                .check(CLEW);
    }

    private static DescribedPredicate<JavaClass> ofOursOutside(String... packages) {
        return JavaClass.Predicates.resideInAPackage("dev.clew..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages)));
    }
}
