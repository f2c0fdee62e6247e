package com.example.boot3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Relay;
import dev.nodoubt.http.HttpTransport;
import io.netty.util.Version;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The configuration class that docs/migrating.md shows, on Spring Boot 3. */
class SpringBoot3Test {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(NodoubtConfiguration.class)
    static class Caller {}

    @Test
    void a_committed_call_is_delivered_once_and_a_rolled_back_one_never() {
        assertThat(SpringBootVersion.getVersion()).startsWith("3.");
        try (ConfigurableApplicationContext receiver = run(Receiver.class, WebApplicationType.REACTIVE)) {
            JdbcClient received = receiver.getBean(JdbcClient.class);
            received.sql("CREATE TABLE notification (text varchar(200))").update();
            String base = "http://localhost:" + receiver.getEnvironment().getProperty("local.server.port");

            try (ConfigurableApplicationContext caller =
                    run(Caller.class, WebApplicationType.NONE, "--mail.base-url=" + base)) {
                transfer(caller);
            }

            assertThat(received.sql("SELECT text FROM notification").query(String.class).list())
                    .containsExactly("{\"text\":\"committed\"}");
        }
    }

    /** The server has the Netty that Spring Boot manages, the transport the one that Vert.x is made for. */
    @Test
    void each_has_a_netty_of_its_own() throws ReflectiveOperationException {
        Class<?> ours = Class.forName("dev.nodoubt.http.shaded.io.netty.util.Version");

        assertThat(Version.identify())
                .containsKey("netty-codec-http")
                .allSatisfy((artifact, version) -> assertThat(version.artifactVersion()).startsWith("4.1."));
        assertThat((Map<?, ?>) ours.getMethod("identify").invoke(null))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsKey("netty-codec-http")
                .allSatisfy((artifact, version) -> assertThat(version).asString().startsWith(artifact + "-4.2."));
    }

    @Test
    void the_transport_brings_no_class_under_another_librarys_name() throws IOException, URISyntaxException {
        Path jar = Path.of(HttpTransport.class.getProtectionDomain().getCodeSource().getLocation().toURI());

        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .contains("dev/nodoubt/http/shaded/io/vertx/core/Vertx.class")
                    .allMatch(name -> name.startsWith("dev/nodoubt/http/"));
        }
    }

    private static void transfer(ConfigurableApplicationContext caller) {
        @SuppressWarnings("unchecked")
        Consumer<Call> calls = caller.getBean("calls", Consumer.class);
        TransactionTemplate transaction = new TransactionTemplate(caller.getBean(PlatformTransactionManager.class));

        transaction.executeWithoutResult(status -> {
            calls.accept(mail("rolled back"));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> calls.accept(mail("committed")));

        Relay relay = caller.getBean(Relay.class);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> relay.outbox().search(CallQuery.NEWEST).stream()
                        .map(call -> call.state())
                        .toList()
                        .equals(List.of(CallState.EXECUTED)));
        assertThatThrownBy(() -> calls.accept(mail("alone"))).hasMessageContaining("autocommit");
    }

    private static Call mail(String text) {
        return Call.post("mail", "/api/notifications", Payload.json("{\"text\":\"" + text + "\"}"));
    }

    private static ConfigurableApplicationContext run(Class<?> type, WebApplicationType web, String... arguments) {
        return new SpringApplicationBuilder(type)
                .web(web)
                .properties("server.port=0", "spring.datasource.generate-unique-name=true")
                .run(arguments);
    }
}
