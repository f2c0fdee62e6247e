package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nodoubt.Messages;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.AbstractHttpServiceRegistrar;

/** Which methods of HTTP interfaces are durable, and which of these stop the start. */
class DurableMethodTest {

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

        assertThat(ServiceGroups.isDurable(ToldAgain.class, again)).isTrue();
        assertThat(DurableMethod.of(ToldAgain.class)).containsOnlyKeys(again);
    }

    interface Generic {
        @PostExchange("/mails")
        <T extends Comparable<? super T>> Map<T, ? extends List<T>> sorted();

        @PostExchange("/mails")
        Map<String, ? extends List<Durable<String>>> hidden();
    }

    @Test
    void aTypeThatSpeaksOfItselfIsReadToItsEnd() throws NoSuchMethodException {
        assertThat(ServiceGroups.isDurable(Generic.class, Generic.class.getMethod("sorted")))
                .isFalse();
        assertThat(ServiceGroups.isDurable(Generic.class, Generic.class.getMethod("hidden")))
                .isTrue();
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

    interface Sending<R> {
        @PostExchange("/mails")
        R send();
    }

    interface Inherited extends Sending<Durable<Void>> {}

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
            Arguments.of(Inherited.class, "Sending.send cannot be recorded: it returns Object."),
            Arguments.of(Customized.class, "Customized.send cannot be recorded: it takes a CallCustomizer"),
        };
    }

    @ParameterizedTest
    @MethodSource
    void refused(Class<?> type, String message) {
        DurableServicesStartTest.PLAIN
                .withInitializer(context -> new Registrar(type).register(context))
                .withPropertyValues("spring.http.serviceclient.mail.base-url=http://localhost:1")
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(message));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsRefusedIsToldInKoreanInAllItsParts(Class<?> type, String english) {
        Messages korean = Messages.in(Locale.KOREAN);

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> DurableMethod.of(type))
                .satisfies(e -> assertThat(e.problem(korean) + " / " + e.action(korean))
                        .matches(".*: [^:]*\\p{IsHangul}.* / .*\\p{IsHangul}.*")
                        .doesNotContainPattern("[a-z]{2,} [a-z]{2,} [a-z]{2,}"))
                .withMessageContaining(english);
    }

    @Test
    void aReasonAndItsActionAreToldInKorean() {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> DurableMethod.of(WithHeader.class))
                .satisfies(e -> {
                    assertThat(e.problem(Messages.in(Locale.KOREAN)))
                            .isEqualTo("ND-0417 WithHeader.send을(를) 기록할 수 없습니다: @RequestHeader 인수가 있습니다.");
                    assertThat(e.action(Messages.in(Locale.KOREAN))).startsWith("이렇게 하세요: 기록된 호출은 경로, 쿼리, 본문만 나릅니다.");
                });
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
                    AnnotationMetadata.introspect(DurableMethodTest.class), (BeanDefinitionRegistry) context);
        }

        @Override
        protected void registerHttpServices(GroupRegistry registry, AnnotationMetadata metadata) {
            registry.forGroup("mail").register(type);
        }
    }
}
