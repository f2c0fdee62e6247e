package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.jdbc.Schema;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.javapoet.ClassName;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** The starter in an image that was made ahead of time. */
class AheadOfTimeTest {

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "mysql", "h2"})
    void theSqlOfEachDatabaseIsKept(String database) {
        for (int version = 1; version <= Schema.VERSION; version++) {
            String file = "dev/nodoubt/jdbc/" + database + "-" + version + ".sql";
            if (Schema.class.getClassLoader().getResource(file) != null) {
                assertThat(RuntimeHintsPredicates.resource().forResource(file)).accepts(hints());
            }
        }
    }

    @Test
    void theTextsAreKept() {
        assertThat(RuntimeHintsPredicates.resource().forBundle("dev.nodoubt.messages"))
                .accepts(hints());
    }

    @ParameterizedTest
    @MethodSource("records")
    void eachRecordOfThePropertiesCanBeBound(Class<?> properties) {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(properties)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
                        .or(hints -> properties.getDeclaredConstructors().length == 1
                                && RuntimeHintsPredicates.reflection()
                                        .onConstructorInvocation(properties.getDeclaredConstructors()[0])
                                        .test(hints)))
                .accepts(hints());
    }

    static Stream<Class<?>> records() {
        return Stream.of(NodoubtProperties.class, TargetProperties.class).flatMap(AheadOfTimeTest::withInner);
    }

    private static Stream<Class<?>> withInner(Class<?> type) {
        return Stream.concat(
                Stream.of(type),
                Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .filter(Class::isRecord)
                        .flatMap(AheadOfTimeTest::withInner));
    }

    @Test
    void everyBeanOfTheStarterCanBeMadeByGeneratedCode() {
        GenericWebApplicationContext context = new GenericWebApplicationContext();
        TestPropertyValues.of(
                        "spring.datasource.url=jdbc:h2:mem:aot", "nodoubt.targets.mail.base-url=http://127.0.0.1:1")
                .applyTo(context);
        new AnnotatedBeanDefinitionReader(context)
                .register(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        DispatcherServletAutoConfiguration.class,
                        WebMvcAutoConfiguration.class,
                        NodoubtSchemaAutoConfiguration.class,
                        NodoubtGateAutoConfiguration.class,
                        NodoubtCallerAutoConfiguration.class,
                        NodoubtReceiverAutoConfiguration.class);
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("dev.nodoubt.spring", "Generated")), files);

        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();

        assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE))
                .containsKeys(
                        "dev/nodoubt/spring/NodoubtCallerAutoConfiguration__BeanDefinitions.java",
                        "dev/nodoubt/spring/NodoubtReceiverAutoConfiguration__BeanDefinitions.java");
    }

    /** By the registrars that Spring finds. */
    private static RuntimeHints hints() {
        RuntimeHints hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(registrar -> registrar.getClass().getName().startsWith("dev.nodoubt."))
                .forEach(registrar -> registrar.registerHints(hints, AheadOfTimeTest.class.getClassLoader()));
        return hints;
    }
}
