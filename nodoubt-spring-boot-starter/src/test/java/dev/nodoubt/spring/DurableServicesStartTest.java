package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Transport;
import dev.nodoubt.http.HttpTarget;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** What the properties of a group mean for its target, and what of them stops the start. */
class DurableServicesStartTest {

    private static final String BASE = "spring.http.serviceclient.mail.base-url=http://localhost:1";
    private static final String DATABASE = "spring.datasource.url=" + Databases.create();

    /** A caller, once it has a target. */
    static final ApplicationContextRunner PLAIN = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtCallerAutoConfiguration.class,
                    NodoubtClientAutoConfiguration.class))
            .withPropertyValues(DATABASE, "nodoubt.schema.mode=always");

    private final ApplicationContextRunner mail = PLAIN.withUserConfiguration(MailGroup.class);

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
        PLAIN.withUserConfiguration(NewsGroup.class)
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

    @ParameterizedTest
    @ValueSource(strings = {"permits=3", "base-url=http://localhost:3"})
    void aTargetThatIsMerelyNamedDoesNotStandInForItsGroupsCredential(String setting) {
        ApplicationContextRunner named = mail.withPropertyValues(
                BASE,
                "spring.http.serviceclient.mail.default-header.X-Api-Key=secret",
                "nodoubt.targets.mail." + setting);

        named.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageStartingWith("ND-0419 spring.http.serviceclient.mail.default-header does not reach")
                .hasMessageNotContaining("secret"));
        named.withBean(HttpTargetCustomizer.class, () -> target -> target)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aTargetWithCredentialsDoesNotStandInForItsGroupsCertificates() {
        ApplicationContextRunner ssl = mail.withPropertyValues(
                BASE,
                "spring.http.serviceclient.mail.ssl.bundle=internal",
                "nodoubt.targets.mail.credentials.bearer-token=secret");

        ssl.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageStartingWith("ND-0419 spring.http.serviceclient.mail.ssl does not reach"));
    }

    @Test
    void aTargetWithAnAddressOfItsOwnOwesNothingToAGroupThatIsNotRecorded() {
        ApplicationContextRunner news = mail.withPropertyValues(
                BASE,
                "spring.http.serviceclient.news.base-url=http://localhost:2",
                "spring.http.serviceclient.news.default-header.X-Api-Key=secret");

        news.withPropertyValues("nodoubt.targets.news.base-url=http://localhost:3")
                .run(context -> assertThat(context).hasNotFailed());
        news.withPropertyValues("nodoubt.targets.news.permits=3")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("ND-0419 spring.http.serviceclient.news.default-header"));
    }

    private static HttpTarget target(NodoubtTargets targets) {
        return Objects.requireNonNull(targets.byName().get("mail")).httpTarget("mail");
    }
}
