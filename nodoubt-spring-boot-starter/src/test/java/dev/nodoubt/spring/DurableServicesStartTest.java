package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Transport;
import dev.nodoubt.http.HttpTarget;
import io.r2dbc.spi.ConnectionFactory;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.AbstractHttpServiceRegistrar;
import org.springframework.web.service.registry.ImportHttpServices;

/** What the properties of a group mean for its target, and which methods stop the start. */
class DurableServicesStartTest {

    private static final String BASE = "spring.http.serviceclient.mail.base-url=http://localhost:1";
    private static final String DATABASE = "spring.datasource.url=" + Databases.create();

    private final ApplicationContextRunner plain = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtCallerAutoConfiguration.class,
                    NodoubtClientAutoConfiguration.class))
            .withPropertyValues(DATABASE, "nodoubt.schema.mode=always");

    private final ApplicationContextRunner mail = plain.withUserConfiguration(MailGroup.class);

    interface Mail {
        @PostExchange("/mails")
        Durable<Void> send(@RequestBody Map<String, String> mail);
    }

    interface News {
        @PostExchange("/news")
        void publish(@RequestBody String news);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "mail", types = Mail.class)
    @ImportHttpServices(group = "news", types = News.class)
    static class MailGroup {}

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "news", types = News.class)
    static class NewsGroup {}

    @Test
    void aGroupsAddressMakesItATarget() {
        mail.withPropertyValues(BASE, "spring.http.serviceclient.news.base-url=http://localhost:2")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Transport.class).targets()).containsExactly("mail");
                    assertThat(target(context.getBean(NodoubtTargets.class)))
                            .isEqualTo(HttpTarget.of("mail", URI.create("http://localhost:1")));
                });
    }

    @Test
    void aGroupsTimeoutsAreTheTargetsUnlessItHasItsOwn() {
        mail.withPropertyValues(
                        BASE,
                        "spring.http.clients.connect-timeout=4s",
                        "spring.http.serviceclient.mail.read-timeout=5s",
                        "nodoubt.targets.mail.socket-timeout=2s",
                        "nodoubt.targets.mail.permits=3")
                .run(context -> {
                    HttpTarget target = target(context.getBean(NodoubtTargets.class));
                    assertThat(target.base()).isEqualTo(URI.create("http://localhost:1"));
                    assertThat(target.maxConnections()).isEqualTo(3);
                    assertThat(target.timeouts())
                            .isEqualTo(new HttpTarget.Timeouts(
                                    Duration.ofSeconds(4),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(5),
                                    Duration.ofMillis(200)));
                });
    }

    @Test
    void theTargetsOwnAddressWins() {
        mail.withPropertyValues(BASE, "nodoubt.targets.mail.base-url=http://localhost:3")
                .run(context -> assertThat(
                                target(context.getBean(NodoubtTargets.class)).base())
                        .isEqualTo(URI.create("http://localhost:3")));
    }

    @Test
    void aGroupWithoutDurableMethodsMakesNoCaller() {
        plain.withUserConfiguration(NewsGroup.class)
                .withPropertyValues("spring.http.serviceclient.news.base-url=http://localhost:2")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Outbox.class));
    }

    @Test
    void aDurableGroupWithoutACallerStopsTheStartWithWhatToDo() {
        mail.run(context -> assertThat(context.getStartupFailure())
                .hasMessageContaining("The group mail has methods whose calls are recorded, and there is no caller.")
                .hasMessageContaining("spring.http.serviceclient.mail.base-url"));
        mail.withPropertyValues("nodoubt.targets.other.base-url=http://localhost:1")
                .run(context -> assertThat(context.getStartupFailure()).hasMessageContaining("no target has its name"));
    }

    @Test
    void aGroupWhoseClientSaysMoreThanATargetTakesNeedsATargetOfItsOwn() {
        ApplicationContextRunner header =
                mail.withPropertyValues(BASE, "spring.http.serviceclient.mail.default-header.X-Api-Key=secret");

        header.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("spring.http.serviceclient.mail.default-header does not reach")
                .hasMessageNotContaining("secret"));
        header.withPropertyValues("nodoubt.targets.mail.credentials.bearer-token=secret")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aDurableGroupThatNobodyTaughtToRecordStopsTheStart() {
        // as a group of WebClient, by the name of its bean
        plain.withBean("mail#" + Mail.class.getName(), Mail.class, () -> body -> {
                    throw new UnsupportedOperationException("sent at once");
                })
                .withPropertyValues(BASE)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageContaining(
                                "The group mail has methods whose calls are recorded, and is none of" + " RestClient"));
    }

    interface Told {
        @PostExchange("/mails")
        @DurableCall
        void tell(@RequestBody String mail);
    }

    /** Says again what it inherits, as an interface does that documents it anew. */
    interface ToldAgain extends Told {
        @Override
        void tell(@RequestBody String mail);
    }

    @Test
    void aMethodThatIsSaidAgainIsAsDurableAsTheOneThatItInherits() throws NoSuchMethodException {
        Method again = ToldAgain.class.getMethod("tell", String.class);

        assertThat(ServiceGroups.isDurable(again)).isTrue();
        assertThat(DurableMethod.of(again)).isNotNull();
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

    interface Answers {
        @GetExchange("/mails")
        Durable<String> read();
    }

    interface Wrapped {
        @PostExchange("/mails")
        Optional<Durable<String>> send();
    }

    interface Early {
        @DurableCall
        @PostExchange("/mails")
        String send();
    }

    interface Elsewhere {
        @PostExchange("https://elsewhere/mails")
        Durable<Void> send();
    }

    interface Addressed {
        @PostExchange
        Durable<Void> send(URI address);
    }

    interface WithHeader {
        @PostExchange("/mails")
        Durable<Void> send(@RequestHeader("X-Tenant") String tenant);
    }

    interface WithCookie {
        @PostExchange("/mails")
        Durable<Void> send(@CookieValue("session") String session);
    }

    interface FixedHeader {
        @PostExchange(url = "/mails", headers = "X-Tenant=1")
        Durable<Void> send();
    }

    interface Streaming {
        @PostExchange("/mails")
        Durable<Void> send(@RequestBody InputStream mail);
    }

    interface Hurried {
        @DurableCall(deadline = "soon")
        @PostExchange("/mails")
        void send();
    }

    interface Customized {
        @PostExchange("/mails")
        String send(CallCustomizer call);
    }

    static Arguments[] refused() {
        return new Arguments[] {
            Arguments.of(Answers.class, "Answers.read cannot be recorded: it is a GET."),
            Arguments.of(Wrapped.class, "Wrapped.send cannot be recorded: it returns Optional."),
            Arguments.of(Early.class, "Early.send cannot be recorded: it returns String."),
            Arguments.of(Elsewhere.class, "Elsewhere.send cannot be recorded: its url names a host."),
            Arguments.of(Addressed.class, "Addressed.send cannot be recorded: it takes its address as an argument."),
            Arguments.of(WithHeader.class, "WithHeader.send cannot be recorded: it has a @RequestHeader."),
            Arguments.of(WithCookie.class, "WithCookie.send cannot be recorded: it has a @CookieValue."),
            Arguments.of(FixedHeader.class, "FixedHeader.send cannot be recorded: its @HttpExchange has headers"),
            Arguments.of(Streaming.class, "Streaming.send cannot be recorded: its body is a stream."),
            Arguments.of(Hurried.class, "Hurried.send: the deadline of its @DurableCall is no duration: \"soon\"."),
            Arguments.of(Customized.class, "Customized.send cannot be recorded: it takes a CallCustomizer"),
        };
    }

    @ParameterizedTest
    @MethodSource
    void refused(Class<?> type, String message) {
        plain.withInitializer(context -> new Registrar(type).register(context))
                .withPropertyValues(BASE)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(message));
    }

    private static final class Registrar extends AbstractHttpServiceRegistrar {

        private final Class<?> type;

        Registrar(Class<?> type) {
            this.type = type;
        }

        void register(ConfigurableApplicationContext context) {
            setEnvironment(context.getEnvironment());
            setResourceLoader(context);
            setBeanFactory(context.getBeanFactory());
            registerBeanDefinitions(
                    AnnotationMetadata.introspect(DurableServicesStartTest.class), (BeanDefinitionRegistry) context);
        }

        @Override
        protected void registerHttpServices(GroupRegistry registry, AnnotationMetadata metadata) {
            registry.forGroup("mail").register(type);
        }
    }

    private static HttpTarget target(NodoubtTargets targets) {
        return Objects.requireNonNull(targets.byName().get("mail")).httpTarget("mail");
    }
}
