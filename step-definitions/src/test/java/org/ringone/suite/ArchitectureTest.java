package org.ringone.suite;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The suite sees a hypervisor only as its guests see it. */
@AnalyzeClasses(packages = "org.ringone.suite", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_SUITE_SEES_NO_HYPERVISOR_FROM_INSIDE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ringone.reference..", "org.ringone.emulator..", "org.ringone.x86..");

    @ArchTest
    static final ArchRule ONLY_THE_RUN_TALKS_TO_MACHINES = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.ringone.suite.steps..", "org.ringone.suite.catalogue..", "org.ringone.suite.language..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.ringone.api.Machine");

    @ArchTest
    static final ArchRule THE_LANGUAGE_KNOWS_THE_INTERFACES_WORDS_ONLY = classes()
            .that()
            .resideInAPackage("org.ringone.suite.language..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.ringone.suite.language..", "org.ringone.xen..");

    @ArchTest
    static final ArchRule CATALOGUE_AND_LANGUAGE_STAND_ALONE = slices().matching(
                    "org.ringone.suite.(catalogue|language)..")
            .should()
            .beFreeOfCycles();
}
