package org.ringone.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the modules. Maven keeps most of them; these keep the ones that its scopes cannot express. */
class ArchitectureTest {

    /** What each module's packages may use of the project's other packages, directly. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("xen", Set.of()),
            Map.entry("x86", Set.of()),
            Map.entry("emulator", Set.of("x86")),
            Map.entry("reference", Set.of("emulator", "x86", "api", "xen")),
            Map.entry("guest", Set.of("x86", "api", "xen")),
            Map.entry("suite", Set.of("api", "xen", "guest", "x86")),
            Map.entry("properties", Set.of("suite", "guest", "api", "xen", "x86")),
            Map.entry("faulty", Set.of("reference", "emulator", "x86", "api", "xen")),
            Map.entry("external", Set.of("api", "xen")),
            Map.entry("reports", Set.of()));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.ringone");

    static Set<String> modules() {
        return ARROWS.keySet();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatItsArrowsAllow(String module) {
        Set<String> allowed = ARROWS.get(module);
        DescribedPredicate<JavaClass> forbidden =
                DescribedPredicate.describe("belong to a module other than " + module + " and " + allowed, used -> {
                    String owner = moduleOf(used);
                    return owner != null && !owner.equals(module) && !allowed.contains(owner);
                });
        noClasses()
                .that()
                .resideInAPackage("org.ringone." + module + "..")
                .should()
                .dependOnClassesThat(forbidden)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyModuleIsLookedAt() {
        Set<String> seen = new java.util.TreeSet<>();
        CLASSES.forEach(javaClass -> seen.add(moduleOf(javaClass)));
        seen.remove("cli");
        assertThat(seen).isEqualTo(new java.util.TreeSet<>(ARROWS.keySet()));
    }

    @Test
    void theEmulatorKnowsNothingOfXen() {
        noClasses()
                .that()
                .resideInAnyPackage("org.ringone.emulator..", "org.ringone.x86..")
                .should()
                .haveNameMatching("(?i).*(xen|hypercall|hypervisor).*")
                .check(CLASSES);
    }

    private static String moduleOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        if (!name.startsWith("org.ringone.")) {
            return null;
        }
        String rest = name.substring("org.ringone.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
