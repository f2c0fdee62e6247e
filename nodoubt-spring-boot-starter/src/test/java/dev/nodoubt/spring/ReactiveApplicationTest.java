package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Messages;
import io.r2dbc.spi.ConnectionFactory;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.servlet.DispatcherServlet;
import reactor.core.publisher.Mono;

/** Applications of WebFlux or R2DBC are told why they are not supported, instead of passing silently. */
class ReactiveApplicationTest {

    private static final AutoConfigurations RECEIVER = AutoConfigurations.of(
            NodoubtSchemaAutoConfiguration.class,
            NodoubtGateAutoConfiguration.class,
            NodoubtReceiverAutoConfiguration.class,
            NodoubtUngatedAutoConfiguration.class);

    private final ReactiveWebApplicationContextRunner webFlux = new ReactiveWebApplicationContextRunner()
            .withConfiguration(RECEIVER)
            .withUserConfiguration(WebFlux.class);

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    static class WebFlux {}

    @RestController
    static class Gated {

        @Idempotent
        @PostMapping("/bookings")
        Mono<String> book() {
            return Mono.just("booked");
        }
    }

    /** Says nothing of it in its class. */
    interface Bookings {

        @Idempotent
        @PostMapping("/bookings")
        String book();
    }

    @RestController
    static class ByInterface implements Bookings {

        @Override
        public String book() {
            return "booked";
        }
    }

    @RestController
    static class Ungated {

        @PostMapping("/bookings")
        String book() {
            return "booked";
        }
    }

    @Test
    void aGatedMethodOfWebFluxStopsTheStartWithTheReason() {
        webFlux.withBean(Gated.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOfSatisfying(
                                StartupException.class,
                                e -> assertThat(e.problem(Messages.in(Locale.KOREAN)))
                                        .startsWith("ND-0424 Gated.book에 @Idempotent가 있지만"))
                        .hasMessageStartingWith(
                                "ND-0424 Gated.book is @Idempotent, and this web application has no" + " Spring MVC")
                        .hasMessageContaining("WebFlux and R2DBC are not supported"));
    }

    @Test
    void oneThatItsInterfaceGatesDoesSoToo() {
        webFlux.withBean(ByInterface.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageStartingWith("ND-0424 ByInterface.book is @Idempotent"));
    }

    /** Of a library, with a dependency that an application may leave out. */
    static class Optional {

        void take(Missing missing) {
            throw new UnsupportedOperationException(missing.toString());
        }
    }

    @Test
    void aBeanThatCannotBeReadIsPassedOver() throws Exception {
        Class<?> optional = Missing.without(Optional.class);

        assertThatThrownBy(optional::getDeclaredMethods).isInstanceOf(NoClassDefFoundError.class);
        lazily(optional).run(context -> assertThat(context).hasNotFailed());
        lazily(optional)
                .withBean(Gated.class)
                .run(context -> assertThat(context.getStartupFailure()).hasMessageStartingWith("ND-0424 Gated.book"));
    }

    private ReactiveWebApplicationContextRunner lazily(Class<?> type) {
        RootBeanDefinition definition = new RootBeanDefinition(type);
        definition.setLazyInit(true);
        return webFlux.withInitializer(
                context -> ((BeanDefinitionRegistry) context).registerBeanDefinition("lazy", definition));
    }

    @Test
    void anApplicationOfWebFluxThatGatesNothingStarts() {
        webFlux.withBean(Ungated.class).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aServletApplicationWithoutSpringMvcIsToldSoToo() {
        new WebApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
                .withConfiguration(RECEIVER)
                .withBean(ByInterface.class)
                .run(context -> assertThat(context.getStartupFailure()).hasMessageStartingWith("ND-0424"));
    }

    @Test
    void whereSpringMvcGatesNobodyComplains() {
        new WebApplicationContextRunner()
                .withConfiguration(RECEIVER)
                .withConfiguration(
                        AutoConfigurations.of(DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class))
                .withBean(Ungated.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(UngatedHandlersCheck.class));
    }

    @Test
    void anApplicationOfR2dbcAloneIsToldWhyItIsNoCaller() {
        ApplicationContextRunner reactive = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        NodoubtSchemaAutoConfiguration.class,
                        NodoubtCallerAutoConfiguration.class,
                        NodoubtReactiveAutoConfiguration.class))
                .withBean(
                        ConnectionFactory.class,
                        () -> {
                            throw new AssertionError("nobody connects");
                        },
                        definition -> definition.setLazyInit(true));

        reactive.run(context -> assertThat(context).hasNotFailed());
        reactive.withPropertyValues("nodoubt.targets.mail.base-url=http://localhost:1")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(StartupException.class)
                        .hasMessageContaining("reached by R2DBC alone")
                        .hasMessageContaining("Declare a DataSource bean"));
    }
}
