package dev.nodoubt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.nodoubt.Outcome;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HouseRulesTest {

    private static final Pattern ORIGIN = Pattern.compile("<([^>]+)>");

    private static final JavaClasses NODOUBT = new ClassFileImporter()
            .importUrl(Outcome.class.getProtectionDomain().getCodeSource().getLocation());

    @ParameterizedTest
    @EnumSource
    void nodoubtKeepsTheRule(HouseRule rule) {
        assertThat(violations(rule, "dev.nodoubt", NODOUBT)).isEmpty();
    }

    /** In a fixture the guilty classes are named so, and the machine that must be pure has its own name. */
    @ParameterizedTest
    @EnumSource
    void theRuleFindsTheGuiltyOfItsFixtureAndNobodyElse(HouseRule rule) {
        JavaClasses fixture = new ClassFileImporter().importPackages(rule.fixture());
        List<String> guilty = fixture.stream()
                .map(JavaClass::getName)
                .filter(HouseRulesTest::isGuilty)
                .toList();

        List<String> violations = violations(rule, rule.fixture(), fixture);

        assertThat(guilty).isNotEmpty();
        assertThat(violations)
                .isNotEmpty()
                .allSatisfy(violation ->
                        assertThat(isGuilty(origin(violation))).as(violation).isTrue());
        assertThat(guilty)
                .allSatisfy(name -> assertThat(violations)
                        .anyMatch(violation -> origin(violation).startsWith(name)
                                || (violation.startsWith("Cycle detected") && violation.contains(name))));
    }

    private static List<String> violations(HouseRule rule, String root, JavaClasses classes) {
        return rule.in(root).evaluate(classes).getFailureReport().getDetails();
    }

    private static boolean isGuilty(String name) {
        return name.contains(".Guilty") || name.contains(".CallMachine");
    }

    private static String origin(String violation) {
        Matcher matcher = ORIGIN.matcher(violation);
        return matcher.find() ? matcher.group(1) : "";
    }
}
