package io.tickring.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of who may import whom: what each package may see of ours, and who alone may see a library. */
class ImportTableTest {
    private static final String ROOT = "io.tickring.";
    private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();

    static {
        MAY_IMPORT.put("engine.tick", List.of());
        MAY_IMPORT.put("engine.ring", List.of("engine.tick"));
        MAY_IMPORT.put("engine.live", List.of());
        MAY_IMPORT.put("engine.price", List.of("engine.live", "engine.ring", "engine.tick"));
        MAY_IMPORT.put("engine.broadcast", List.of("engine.live", "engine.ring", "engine.tick"));
        MAY_IMPORT.put("engine.analytics", List.of("engine.live", "engine.ring", "engine.tick"));
        MAY_IMPORT.put("engine.status", List.of("engine.live", "engine.ring", "engine.tick"));
        MAY_IMPORT.put("engine.snapshot", List.of());
        MAY_IMPORT.put("engine.feed", List.of("engine.ring", "engine.tick"));
        MAY_IMPORT.put(
                "engine.journaling",
                List.of(
                        "engine.price",
                        "engine.analytics",
                        "engine.status",
                        "engine.snapshot",
                        "engine.feed",
                        "engine.ring",
                        "engine.tick",
                        "journal"));
        MAY_IMPORT.put("engine.request", List.of("engine.price", "engine.status", "engine.ring", "engine.tick"));
        MAY_IMPORT.put(
                "engine.subscription",
                List.of(
                        "engine.journaling",
                        "engine.broadcast",
                        "engine.price",
                        "engine.status",
                        "engine.ring",
                        "engine.tick"));
        MAY_IMPORT.put(
                "engine",
                List.of(
                        "engine.request",
                        "engine.subscription",
                        "engine.journaling",
                        "engine.analytics",
                        "engine.broadcast",
                        "engine.price",
                        "engine.status",
                        "engine.snapshot",
                        "engine.feed",
                        "engine.ring",
                        "engine.tick"));
        MAY_IMPORT.put("journal", List.of());
    }

    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tickring");

    @Test
    void shouldImportOnlyWhatTheTableAllows() {
        TreeSet<String> broken = new TreeSet<>();
        house.forEach(owner -> owner.getDirectDependenciesFromSelf().forEach(dependency -> {
            String from = name(owner.getPackageName());
            String to = name(dependency.getTargetClass().getPackageName());
            if (to != null
                    && !to.equals(from)
                    && !MAY_IMPORT.getOrDefault(from, List.of()).contains(to)) {
                broken.add(from + " -> " + to + ": " + dependency.getDescription());
            }
        }));
        assertThat(broken).isEmpty();
    }

    @Test
    void shouldKnowEveryPackage() {
        assertThat(house.stream()
                        .map(type -> name(type.getPackageName()))
                        .distinct()
                        .sorted())
                .containsExactlyElementsOf(new TreeSet<>(MAY_IMPORT.keySet()));
    }

    @Test
    void shouldHaveNoCircle() {
        SlicesRuleDefinition.slices()
                .matching("io.tickring.(**)")
                .should()
                .beFreeOfCycles()
                .check(house);
    }

    @Test
    void shouldKeepLibrariesInTheirRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tickring.engine.ring")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.lmax..")
                .check(house);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tickring.journal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.openhft.chronicle..")
                .check(house);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tickring.engine.feed")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..", "de.siegmar..", "io.airlift..")
                .check(house);
    }

    @Test
    void shouldShowNoChronicleTypeInTheJournalsFace() {
        TreeSet<String> shown = new TreeSet<>();
        house.stream()
                .filter(type -> type.getPackageName().equals(ROOT + "journal"))
                .filter(type -> type.getModifiers().toString().contains("PUBLIC"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().toString().contains("PUBLIC"))
                .forEach(method -> {
                    if (method.getRawReturnType().getName().startsWith("net.openhft")
                            || method.getRawParameterTypes().stream()
                                    .anyMatch(type -> type.getName().startsWith("net.openhft"))) {
                        shown.add(method.getFullName());
                    }
                });
        assertThat(shown).isEmpty();
    }

    private static String name(String packageName) {
        return packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()) : null;
    }
}
