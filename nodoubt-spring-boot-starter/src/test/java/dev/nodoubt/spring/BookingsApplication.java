package dev.nodoubt.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** A receiver with handler functions and with methods that refuse in every way; one for all tests of this JVM. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({BookingService.class, BookingController.class, BookingRoutes.class})
class BookingsApplication {

    private static final ConfigurableApplicationContext SHARED = start();

    static final int PORT = SHARED.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

    static final Caller CALLER = new Caller(PORT);

    static <T> T bean(Class<T> type) {
        return SHARED.getBean(type);
    }

    private static ConfigurableApplicationContext start() {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(BookingsApplication.class)
                // It would stop while its database ends in this JVM's other hook, and wait 30 s for a connection.
                .registerShutdownHook(false)
                .run(
                        "--spring.datasource.url=" + Databases.create(),
                        "--spring.datasource.hikari.maximum-pool-size=5",
                        "--spring.main.banner-mode=off",
                        "--server.port=0");
        context.getBean(BookingService.class).createTables();
        return context;
    }
}
