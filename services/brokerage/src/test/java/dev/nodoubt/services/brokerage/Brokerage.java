package dev.nodoubt.services.brokerage;

import dev.nodoubt.services.exchange.ExchangeServer;
import dev.nodoubt.services.exchange.Options;
import dev.nodoubt.test.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on a real PostgreSQL, and the exchange that it trades at. */
final class Brokerage implements AutoCloseable {

    private static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(Map.of("fsync", "off"));

    private final ExchangeServer exchange;
    private final ConfigurableApplicationContext application;

    private Brokerage(ExchangeServer exchange, ConfigurableApplicationContext application) {
        this.exchange = exchange;
        this.application = application;
    }

    /**
     * Starts both, with short timeouts and with a database of their own.
     *
     * @param offered what the exchange offers
     * @param believed what the service was told of it
     * @param loss how many of the exchange's requests meet a fault
     */
    static Brokerage start(String database, String offered, String believed, String loss, String... settings)
            throws Exception {
        POSTGRES.createDatabase(database);
        ExchangeServer exchange = ExchangeServer.start(Options.parse(List.of(
                "--port", "0",
                "--capability", offered,
                "--loss", loss,
                "--processing-time", "400ms",
                "--answer-delay", "1s",
                "--fill-time", "1h")));
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.profiles.active=" + believed,
                "--spring.datasource.url=" + POSTGRES.jdbcUrl(database),
                "--spring.datasource.hikari.connection-timeout=30000",
                "--nodoubt.targets.exchange.base-url=http://127.0.0.1:" + exchange.port(),
                "--nodoubt.targets.exchange.response-timeout=300ms",
                "--nodoubt.targets.exchange.backoff.first=50ms",
                "--nodoubt.targets.exchange.backoff.cap=200ms",
                // Losing answers is what this exchange does; it is no outage.
                "--nodoubt.targets.exchange.breaker.window=10000"));
        arguments.addAll(List.of(settings));
        try {
            return new Brokerage(
                    exchange,
                    new SpringApplicationBuilder(BrokerageService.class).run(arguments.toArray(String[]::new)));
        } catch (RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    Client client() {
        return new Client(Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port")));
    }

    Client exchange() {
        return new Client(exchange.port());
    }

    @Override
    public void close() {
        application.close();
        exchange.close();
    }
}
