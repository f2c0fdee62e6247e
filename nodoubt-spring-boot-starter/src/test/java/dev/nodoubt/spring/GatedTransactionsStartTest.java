package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.spring.Reaching.Escapes;
import dev.nodoubt.spring.Reaching.EscapingEffects;
import dev.nodoubt.spring.Reaching.FarEffect;
import dev.nodoubt.spring.Reaching.FunctionalEffect;
import dev.nodoubt.spring.Reaching.LazyEffect;
import dev.nodoubt.spring.Reaching.LooseEffect;
import dev.nodoubt.spring.Reaching.OtherReader;
import dev.nodoubt.spring.Reaching.OtherWriter;
import dev.nodoubt.spring.Reaching.OwnEffect;
import dev.nodoubt.spring.Reaching.PlainEffect;
import dev.nodoubt.spring.Reaching.PlainWriter;
import dev.nodoubt.spring.Reaching.ReadOnlyEffect;
import dev.nodoubt.spring.Reaching.ReadingEffect;
import dev.nodoubt.spring.Reaching.Repository;
import dev.nodoubt.spring.Reaching.RepositoryEffect;
import dev.nodoubt.spring.Reaching.Strict;
import dev.nodoubt.spring.Reaching.StrictEffect;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

@ExtendWith(OutputCaptureExtension.class)
class GatedTransactionsStartTest {

    private static final String DATABASE = Databases.create();

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtGateAutoConfiguration.class,
                    NodoubtReceiverAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=" + DATABASE, "nodoubt.schema.mode=always");

    @Test
    void aServiceOfAnotherManagerStopsTheStartHoweverFarItIs() {
        application.withUserConfiguration(TwoManagers.class, FarEffect.class).run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains(
                            "@Idempotent method " + FarEffect.class.getName() + "#run",
                            "reaches " + OtherWriter.class.getName() + "#write",
                            "is \"other\", but the gate's is \"gates\"");
            assertThat(analysis.getAction()).contains("Let it use the gate's transaction manager", "readOnly = true");
        });
    }

    @Test
    void aLazyControllerIsLookedAtToo() {
        application
                .withUserConfiguration(TwoManagers.class, LazyEffect.class)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains(OtherWriter.class.getName()));
    }

    @Test
    void aServiceBehindAHandlerFunctionIsLookedAtToo() {
        application
                .withUserConfiguration(TwoManagers.class, FunctionalEffect.class)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains(
                                "IdempotentHandler of (POST && /x) reaches " + OtherWriter.class.getName() + "#write"));
    }

    @Test
    void aGatedMethodOfAnotherManagerStopsTheStart() {
        application
                .withUserConfiguration(TwoManagers.class, OwnEffect.class)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("reaches " + OwnEffect.class.getName() + "#run", "\"other\""));
    }

    @Test
    void aRepositoryOfAnotherManagerStopsTheStart() {
        application
                .withUserConfiguration(TwoManagers.class, RepositoryEffect.class)
                .withInitializer(context -> ((BeanDefinitionRegistry) context.getBeanFactory())
                        .registerBeanDefinition(
                                "repository",
                                BeanDefinitionBuilder.genericBeanDefinition(Repository.class)
                                        .addPropertyValue("transactionManager", "other")
                                        .getBeanDefinition()))
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("reaches repository " + Repository.class.getName(), "is \"other\""));
    }

    @Test
    void theGateOfTheSecondManagerRefusesServicesOfThePrimaryOne() {
        application
                .withUserConfiguration(TwoManagers.class, PlainEffect.class)
                .withBean(
                        SpringTransactions.class,
                        () -> new SpringTransactions(TwoManagers.manager(TwoManagers.OWN), TwoManagers.OWN))
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("reaches " + PlainWriter.class.getName() + "#write", "is \"gates\""));
    }

    @Test
    void whatOnlyReadsElsewhereOrIsNotReachedMayStay(CapturedOutput output) {
        application
                .withUserConfiguration(TwoManagers.class, OtherReader.class, ReadingEffect.class, OtherWriter.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("GatedTransactionsCheck");
    }

    @Test
    void anotherManagerIsOnlyWarnedOfWhenThatIsWanted(CapturedOutput output) {
        application
                .withUserConfiguration(TwoManagers.class, FarEffect.class)
                .withPropertyValues("nodoubt.gate.other-managers=warn")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).contains("OtherWriter#write, whose transaction manager is \"other\"");
    }

    @Test
    void whatEscapesTheGatesTransactionIsWarnedOfOnceAMethod(CapturedOutput output) {
        application
                .withUserConfiguration(Escapes.class, EscapingEffects.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .containsOnlyOnce("Escapes#audit, which is @Transactional(propagation = REQUIRES_NEW): what it writes"
                        + " commits by itself, outside the gate's transaction")
                .containsOnlyOnce("Escapes#suspended, which is @Transactional(propagation = NOT_SUPPORTED)")
                .containsOnlyOnce("Escapes#alone, which is @Transactional(propagation = NEVER): it fails")
                .containsOnlyOnce("Escapes#elsewhere, which is @Async: it runs on another thread")
                .contains("@TransactionalEventListener")
                .doesNotContain("Escapes#joins");
    }

    @Test
    void aLevelThatHasNoEffectIsWarnedOfUntilTheHandlerDeclaresIt(CapturedOutput output) {
        application
                .withUserConfiguration(Strict.class, StrictEffect.class, LooseEffect.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .containsOnlyOnce("LooseEffect#run[0 args] reaches " + Strict.class.getName()
                        + "#write, which is @Transactional(isolation = SERIALIZABLE), but it joins the gate's transaction at"
                        + " READ_COMMITTED")
                .contains("Declare it on the gated handler: isolation = SERIALIZABLE")
                .doesNotContain("StrictEffect#run[0 args] reaches");
    }

    @Test
    void aGatedMethodThatClaimsToReadOnlyIsWarnedOf(CapturedOutput output) {
        application
                .withUserConfiguration(ReadOnlyEffect.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).containsOnlyOnce("ReadOnlyEffect#run[0 args] is @Transactional(readOnly = true)");
    }

    private static FailureAnalysis analysis(@Nullable Throwable failure) {
        assertThat(failure).isNotNull();
        return Objects.requireNonNull(
                new StartupFailureAnalyzer().analyze(Objects.requireNonNull(failure)), "another failure than expected");
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoManagers {

        static final PGSimpleDataSource OWN = dataSource();

        @Bean
        @Primary
        PGSimpleDataSource gatesDataSource() {
            return OWN;
        }

        @Bean
        @Primary
        PlatformTransactionManager gates(PGSimpleDataSource gatesDataSource) {
            return manager(gatesDataSource);
        }

        @Bean
        PlatformTransactionManager other() {
            return manager(dataSource());
        }

        static PlatformTransactionManager manager(PGSimpleDataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        private static PGSimpleDataSource dataSource() {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(DATABASE);
            return source;
        }
    }
}
