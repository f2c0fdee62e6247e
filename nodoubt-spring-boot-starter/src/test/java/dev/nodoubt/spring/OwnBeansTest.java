package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Transport;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.ReplyKeeper;
import dev.nodoubt.gate.Transactions;
import dev.nodoubt.wire.GateEndpoint;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** What an application declares itself wins over what the starter would. */
class OwnBeansTest {

    /** What keeps a gated handler from running ungated, and which data source is meant, is not for others to replace. */
    private static final Set<String> FIXED = Set.of(
            "nodoubtDatabase",
            "nodoubtTargets",
            "nodoubtDurableServices",
            "nodoubtDurableProxyCheck",
            "nodoubtNeedsJdbc",
            "nodoubtGateMeters",
            "nodoubtCallEnds",
            "nodoubtOpenCalls",
            "nodoubtRelayGauges",
            "nodoubtCallTracing",
            "nodoubtGatedHandlers",
            "nodoubtGatedHandlersCheck",
            "nodoubtUngatedHandlersCheck",
            "nodoubtGateMarkFilter",
            "nodoubtGateFilter");

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtGateAutoConfiguration.class,
                    NodoubtCallerAutoConfiguration.class,
                    NodoubtReceiverAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                    "nodoubt.targets.mail.base-url=http://127.0.0.1:1");

    @ParameterizedTest
    @ValueSource(
            classes = {
                CallStore.class,
                Transport.class,
                Relay.class,
                Relay.Settings.class,
                Relay.Hooks.class,
                Outbox.class,
                DurableCalls.class,
                NodoubtSchema.class,
                GateStore.class,
                Transactions.class,
                GateSettings.class,
                ReplyKeeper.class,
                Gate.class,
                GateEndpoint.class,
                GateScope.class,
                WebMvcRegistrations.class
            })
    void anOwnBeanReplacesTheStartersOne(Class<?> type) {
        // what another application has stands for what a user would write; its relay runs in neither
        application.withBean("nodoubtRelayLifecycle", Object.class).run(other -> {
            Object own = other.getBean(type);
            application.withBean("own", ofType(type), () -> own).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBeanNamesForType(type)).containsExactly("own");
                assertThat(context.getBean(type)).isSameAs(own);
            });
        });
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> ofType(Class<?> type) {
        return (Class<Object>) type;
    }

    @Test
    void everyBeanButTheFixedOnesBacksOff() {
        List<Method> beans = configurations()
                .flatMap(type -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses())))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Bean.class))
                .toList();

        assertThat(beans)
                .isNotEmpty()
                .filteredOn(method -> !method.isAnnotationPresent(ConditionalOnMissingBean.class))
                .extracting(Method::getName)
                .containsExactlyInAnyOrderElementsOf(FIXED);
    }

    @Test
    void nothingIsFoundByAComponentScanThatIsNoAutoConfiguration() throws IOException {
        Set<String> components = new TreeSet<>();
        CachingMetadataReaderFactory classes = new CachingMetadataReaderFactory();
        for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:dev/nodoubt/**/*.class")) {
            if (file.getURL().getPath().contains("/test-classes/")) {
                continue;
            }
            var type = classes.getMetadataReader(file);
            if (type.getAnnotationMetadata().hasMetaAnnotation(Component.class.getName())
                    && !type.getClassMetadata().hasEnclosingClass()) {
                components.add(type.getClassMetadata().getClassName());
            }
        }

        assertThat(components)
                .containsExactlyInAnyOrderElementsOf(
                        configurations().map(Class::getName).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.hc.client5.http.classic.HttpClient",
                "org.eclipse.jetty.client.HttpClient",
                "reactor.netty.http.client.HttpClient"
            })
    void noClientThatWouldReplaceTheDefaultOfRestClientIsDraggedIn(String client) {
        assertThat(ClassUtils.isPresent(client, OwnBeansTest.class.getClassLoader()))
                .as(client)
                .isFalse();
    }

    private static Stream<Class<?>> configurations() {
        ClassLoader loader = OwnBeansTest.class.getClassLoader();
        return ImportCandidates.load(AutoConfiguration.class, loader).getCandidates().stream()
                .filter(name -> name.startsWith("dev.nodoubt."))
                .<Class<?>>map(name -> ClassUtils.resolveClassName(name, loader));
    }
}
