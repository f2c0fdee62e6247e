package dev.nodoubt.spring;

import dev.nodoubt.call.KnownCall;
import dev.nodoubt.call.OutcomeHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.service.registry.ImportHttpServices;

/** A caller that knows its receiver as a group of HTTP interfaces only. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ImportHttpServices(group = "orders", types = OrdersClient.class)
class OrdersClientApplication {

    private final List<KnownCall> handled = new CopyOnWriteArrayList<>();

    /** Starts it on an empty database, against a receiver on this port. */
    static ConfigurableApplicationContext start(int port, String... properties) {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "spring.datasource.url=" + Databases.create(),
                                "spring.main.banner-mode=off",
                                "spring.http.serviceclient.orders.base-url=http://localhost:" + port,
                                // generous, because the build's machine may be busy
                                "spring.http.serviceclient.orders.read-timeout=10s",
                                "spring.http.serviceclient.orders.connect-timeout=3s"),
                        Stream.of(properties))
                .map(property -> "--" + property)
                .toList();
        return new SpringApplicationBuilder(OrdersClientApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }

    @Bean
    OutcomeHandler outcomes() {
        return (transaction, call) -> handled.add(call);
    }

    List<KnownCall> handled() {
        return handled;
    }
}
