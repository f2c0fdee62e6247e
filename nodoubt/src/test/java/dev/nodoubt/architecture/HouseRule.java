package dev.nodoubt.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The rules between packages and of every class. Each is a function of the root package, so that it is proven on a
 * fixture, a little house of its own in which it fails, whose package has the rule's name.
 */
enum HouseRule {
    LANGUAGE_KNOWS_ONLY_THE_JDK(root -> noClasses()
            .that()
            .resideInAPackage(root)
            .should()
            .dependOnClassesThat(not(resideInAnyPackage(
                    root,
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "java.security..",
                    "java.nio.charset..",
                    "org.jspecify..")))
            .because("both sides speak this language, whatever they are built with")),

    CALL_DOES_NOT_KNOW_GATE(root -> strangers(root, "call", "gate")),
    GATE_DOES_NOT_KNOW_CALL(root -> strangers(root, "gate", "call")),
    STAGED_KNOWS_NEITHER_CALL_NOR_GATE(root -> noClasses()
            .that()
            .resideInAPackage(root + ".staged..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(root + ".call..", root + ".gate..")
            .because("an intent may be recorded in any transaction, and is carried out long after it")),

    NEITHER_CALL_NOR_GATE_KNOWS_STAGED(root -> noClasses()
            .that()
            .resideInAnyPackage(root + ".call..", root + ".gate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root + ".staged..")
            .because("what leaves the transaction is no concern of theirs")),

    STAGED_KNOWS_ONLY_THE_JDK_AND_A_LOG(root -> noClasses()
            .that()
            .resideInAPackage(root + ".staged..")
            .should()
            .dependOnClassesThat(
                    not(resideInAnyPackage(root, root + ".staged..", "java..", "org.slf4j..", "org.jspecify..")))
            .because("what it sends, and where it keeps it, comes in through ports")),

    CORE_DOES_NOT_KNOW_ADAPTERS(root -> noClasses()
            .that()
            .resideInAnyPackage(root + ".call..", root + ".gate..", root + ".staged..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(root + ".jdbc..", root + ".wire..")
            .because("an adapter knows the core through its ports, never the other way")),

    JDBC_DOES_NOT_KNOW_WIRE(root -> strangers(root, "jdbc", "wire")),
    WIRE_DOES_NOT_KNOW_JDBC(root -> strangers(root, "wire", "jdbc")),
    ONLY_WIRE_KNOWS_JSON(root -> noClasses()
            .that()
            .resideOutsideOfPackage(root + ".wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml..")
            .because("bodies are bytes, except for the protocol's own documents")),

    PACKAGES_HAVE_NO_CYCLES(root -> slices().matching(root + ".(*)..").should().beFreeOfCycles()),

    NO_CLASS_IS_OPEN(root -> classes()
            .that(describe("are classes and not sealed", HouseRule::isPlain))
            .should()
            .haveModifier(JavaModifier.FINAL)
            .orShould()
            .haveModifier(JavaModifier.ABSTRACT)
            .because("nobody may change by a subclass what was proven of a class")),

    NAMES_SAY_WHAT_A_CLASS_IS(root -> noClasses()
            .should()
            .haveNameMatching(".*(Impl|Util|Utils|Helper|Helpers|Manager)(\\$.*)?")
            .because("such a name stands where a concept is missing")),

    NOBODY_READS_THE_OLD_CLOCKS(root -> noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(java.util.Date.class, java.util.Calendar.class, java.sql.Timestamp.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("time is an Instant of a clock that was given, or nanoTime for durations")),

    ONLY_PAUSE_WAITS_FOR_TIME_TO_PASS(root -> noClasses()
            .that()
            .doNotHaveSimpleName("Pause")
            .should()
            .callMethodWhere(
                    calls(Set.of("sleep", "parkNanos", "parkUntil"), "java.lang.Thread", "java.util.concurrent"))
            .because("a thread waits for what it needs; a bare wait stands in one named place")),

    THE_GATE_ASKS_ITS_OWN_CLOCK(root -> noClasses()
            .that()
            .resideInAPackage(root + ".gate..")
            .should()
            .callMethodWhere(calls(Set.of("now", "system", "systemUTC", "systemDefaultZone"), "java.time"))
            .because("a test must be able to set the receiver's clock")),

    CALL_MACHINE_IS_PURE(root -> noClasses()
            .that(resideInAPackage(root + ".call..").and(describe("are CallMachine", HouseRule::isCallMachine)))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.io..",
                            "java.nio..",
                            "java.net..",
                            "java.sql..",
                            "javax..",
                            "java.util.concurrent..",
                            "java.util.random..",
                            "org.slf4j..",
                            "io.github.resilience4j..")
                    .or(describe("are clocks or dice", HouseRule::isClockOrDice)))
            .orShould()
            .callMethodWhere(calls(
                    Set.of(
                            "now",
                            "currentTimeMillis",
                            "nanoTime",
                            "random",
                            "randomUUID",
                            "create",
                            "getenv",
                            "getProperty"),
                    "java",
                    root))
            .because("the next step follows from the row, the target, the result and the given time alone"));

    private static final Pattern CLOCK_OR_DICE = Pattern.compile(
            "java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Random|SplittableRandom)|java\\.security\\.SecureRandom");

    @SuppressWarnings("ImmutableEnumChecker") // Every function is a lambda that captures nothing.
    private final Function<String, ArchRule> rule;

    HouseRule(Function<String, ArchRule> rule) {
        this.rule = rule;
    }

    /** This rule in the house with this root package. */
    ArchRule in(String root) {
        return rule.apply(root).allowEmptyShould(true);
    }

    /** The root package of the house in which this rule fails. */
    String fixture() {
        return HouseRule.class.getPackageName() + "." + name().toLowerCase(Locale.ROOT);
    }

    private static ArchRule strangers(String root, String one, String other) {
        return noClasses()
                .that()
                .resideInAPackage(root + "." + one + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + "." + other + "..")
                .because("each must be usable, and understood, without the other");
    }

    private static boolean isPlain(JavaClass type) {
        return !type.reflect().isSealed()
                && !type.isInterface()
                && !type.isEnum()
                && !type.isRecord()
                && !type.isAnonymousClass()
                && !isEnumBody(type);
    }

    private static boolean isEnumBody(JavaClass type) {
        return type.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
    }

    private static boolean isCallMachine(JavaClass type) {
        return (type.getName() + "$").contains(".CallMachine$");
    }

    private static boolean isClockOrDice(JavaClass type) {
        return CLOCK_OR_DICE.matcher(type.getName()).matches();
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> calls(
            Set<String> methods, String... owners) {
        return describe("the target is one of " + methods, call -> {
            AccessTarget.MethodCallTarget target = call.getTarget();
            return methods.contains(target.getName())
                    && Set.of(owners).stream().anyMatch(target.getOwner().getName()::startsWith);
        });
    }
}
