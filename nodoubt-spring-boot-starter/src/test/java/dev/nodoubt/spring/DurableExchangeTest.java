package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** What a signature cannot tell at start, because an application's own argument resolver adds it. */
class DurableExchangeTest {

    record Tenant(String where) {}

    interface Mail {
        @PostExchange("/mails")
        Durable<Void> send(Tenant tenant);
    }

    @ParameterizedTest
    @CsvSource({"header,the headers [X-Tenant]", "cookie,cookies", "version,an API version"})
    void whatARecordedCallCannotCarryIsRefusedAtTheCall(String where, String named) {
        Map<Method, DurableMethod> methods = DurableMethod.of(Mail.class);
        DurableArguments arguments = new DurableArguments(methods);
        Mail mail = HttpServiceProxyFactory.builder()
                .exchangeAdapter(RestClientAdapter.create(RestClient.create("http://localhost:1")))
                .exchangeAdapterDecorator(adapter -> new DurableExchange(adapter, "mail", () -> {
                    throw new AssertionError("recorded");
                }))
                .customArgumentResolver(
                        (argument, parameter, values) -> argument instanceof Tenant tenant && add(tenant, values))
                .customArgumentResolver(arguments)
                .httpRequestValuesProcessor(arguments)
                .build()
                .createClient(Mail.class);

        assertThatThrownBy(() -> mail.send(new Tenant(where)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Mail.send was not recorded: it has " + named);
    }

    private static boolean add(Tenant tenant, HttpRequestValues.Builder values) {
        switch (tenant.where()) {
            case "header" -> values.addHeader("X-Tenant", "1");
            case "cookie" -> values.addCookie("tenant", "1");
            default -> values.setApiVersion("1");
        }
        return true;
    }
}
