package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.Outbox;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;

/** Clients of durable methods that were built without the starter, which would send instead of recording. */
class DurableProxyCheckTest {

    private final ApplicationContextRunner plain = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(NodoubtClientAutoConfiguration.class));

    interface Alarm {
        @DurableCall
        @PostExchange("/alarms")
        void raise(@RequestBody String alarm);
    }

    interface Mail {
        @PostExchange("/mails")
        Durable<Void> send(@RequestBody String mail);
    }

    interface News {
        @PostExchange("/news")
        void publish(@RequestBody String news);
    }

    /** Its exchange is ordinary. What else it has, no client implements. */
    interface Parcels {
        @PostExchange("/parcels")
        String send(@RequestBody String parcel);

        default Durable<String> later(String parcel) {
            throw new UnsupportedOperationException(parcel);
        }
    }

    /** Of a library, with a dependency that an application may leave out. */
    interface Optional {
        @PostExchange("/all")
        List<Missing> all();
    }

    /** Nothing listens there: what is sent fails as a refused connection. */
    private static <T> T byHand(Class<T> type) {
        RestClient client = RestClient.create("http://127.0.0.1:1");
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(type);
    }

    @Test
    void aClientBuiltByHandThatWouldSendDurableMethodsAtOnceStopsTheStart() {
        plain.withBean("alarm", Alarm.class, () -> byHand(Alarm.class))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(StartupException.class)
                        .hasMessageStartingWith("ND-0423 Bean alarm: this client of " + Alarm.class.getName())
                        .hasMessageContaining("not be recorded")
                        .hasMessageContaining("@ImportHttpServices"));
        plain.withBean("mail", Mail.class, () -> byHand(Mail.class))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("ND-0423 Bean mail: this client of " + Mail.class.getName()));
    }

    @Test
    void whatStopsItIsToldInKoreanToo() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.KOREA);
            FailureAnalysis analysis = Objects.requireNonNull(
                    new StartupFailureAnalyzer().analyze(new StartupException("ND-0423", "mail", "a.Mail")));

            assertThat(analysis.getDescription()).startsWith("ND-0423 빈 mail: a.Mail의 이 클라이언트는");
            assertThat(analysis.getAction()).contains("@ImportHttpServices에 a.Mail을(를) 적고");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void oneThatIsAdvisedOrComesFromAFactoryBeanIsSeen() {
        plain.withBean("advised", Alarm.class, () -> advised(byHand(Alarm.class)))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("ND-0423 Bean advised:"));
        plain.withBean("made", AlarmFactory.class)
                .run(context -> assertThatThrownBy(() -> context.getBean(Alarm.class))
                        .rootCause()
                        .hasMessageStartingWith("ND-0423 Bean made:"));
    }

    private static Alarm advised(Alarm alarm) {
        ProxyFactory factory = new ProxyFactory(Alarm.class, (MethodInterceptor) MethodInvocation::proceed);
        factory.setTarget(alarm);
        return (Alarm) factory.getProxy();
    }

    static final class AlarmFactory implements FactoryBean<Alarm> {

        @Override
        public Alarm getObject() {
            return byHand(Alarm.class);
        }

        @Override
        public Class<?> getObjectType() {
            return Alarm.class;
        }
    }

    /** As a service that builds its client itself. */
    static class Guard {

        private final Alarm alarm = byHand(Alarm.class);

        void alarmed() {
            alarm.raise("fire");
        }
    }

    static final class NightGuard extends Guard {}

    @Test
    void oneInAFieldOfABeanIsSeen() {
        plain.withBean("guard", NightGuard.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("ND-0423 Bean guard.alarm: this client of " + Alarm.class.getName()));
    }

    @Test
    void aLazyOneFailsWhenItIsMadeSoBeforeItsFirstCall() {
        plain.withBean("guard", Guard.class, Guard::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThatThrownBy(() -> context.getBean(Guard.class).alarmed())
                            .rootCause()
                            .hasMessageStartingWith("ND-0423 Bean guard.alarm");
                });
    }

    @Test
    void otherClientsAndOtherImplementationsAreLeftAlone() {
        plain.withBean("news", News.class, () -> byHand(News.class))
                .withBean("parcels", Parcels.class, () -> byHand(Parcels.class))
                .withBean("parcels#" + Parcels.class.getName(), Parcels.class, () -> byHand(Parcels.class))
                .withBean("fake", Alarm.class, () -> alarm -> {})
                .withBean("proxied", Alarm.class, () -> advised(alarm -> {}))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anInterfaceWithATypeThatIsMissingIsNoneOfDurableMethods() throws Exception {
        Class<?> optional = Missing.without(Optional.class);
        Method all = optional.getMethod("all");

        assertThatThrownBy(all::getGenericReturnType).isInstanceOf(TypeNotPresentException.class);
        assertThat(ServiceGroups.isDurable(optional)).isFalse();
    }

    @Test
    void aGroupThatNobodyTaughtToRecordStopsTheStart() {
        // as a group of WebClient, by the name of its bean
        plain.withBean("alarms#" + Alarm.class.getName(), Alarm.class, () -> byHand(Alarm.class))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("ND-0420 The group alarms has methods whose calls are recorded, and is"
                                + " none of RestClient"));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @ImportHttpServices(group = "alarms", types = Alarm.class)
    static class Alarmed {}

    /** Takes a group's client out of the registry, and gives it another name. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @ImportHttpServices(group = "alarms", types = Alarm.class)
    static class Renamed {

        @Bean
        Alarm siren(HttpServiceProxyRegistry registry) {
            return registry.getClient(Alarm.class);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class ByHand {

        @Bean
        @Lazy
        Alarm alarm() {
            return byHand(Alarm.class);
        }
    }

    @Test
    void whatAGroupMadeIsLeftAloneUnderAnyName() {
        try (ConfigurableApplicationContext context = start(Renamed.class, false)) {
            assertThat(context.getBeansOfType(Alarm.class)).hasSize(2).containsKey("siren");
        }
    }

    @Test
    void aGroupOfALazyApplicationRecords() {
        try (ConfigurableApplicationContext context = start(Alarmed.class, true)) {
            context.getBean(TransactionOperations.class)
                    .executeWithoutResult(status -> context.getBean(Alarm.class).raise("fire"));

            assertThat(context.getBean(Outbox.class).search(CallQuery.NEWEST)).hasSize(1);
        }
    }

    @Test
    void aLazyApplicationIsCheckedAtItsStartWhereThatNeedsNoClient() {
        assertThatThrownBy(() -> start(Alarmed.class, true, "nodoubt.relay.enabled=false"))
                .hasMessageStartingWith("ND-0421 The group alarms");
    }

    @Test
    void aLazyClientBuiltByHandFailsWhenItIsFirstAskedFor() {
        for (boolean lazy : List.of(true, false)) {
            try (ConfigurableApplicationContext context = start(ByHand.class, lazy)) {
                assertThatThrownBy(() -> context.getBean(Alarm.class).raise("fire"))
                        .rootCause()
                        .hasMessageStartingWith("ND-0423 Bean alarm:");
            }
        }
    }

    private static ConfigurableApplicationContext start(Class<?> application, boolean lazy, String... properties) {
        List<String> common = List.of(
                "spring.datasource.url=" + Databases.create(),
                "spring.main.banner-mode=off",
                "spring.http.serviceclient.alarms.base-url=http://127.0.0.1:1");
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .lazyInitialization(lazy)
                .run(Stream.concat(common.stream(), Arrays.stream(properties))
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
    }
}
