package dev.nodoubt.services.mail;

import dev.nodoubt.test.ConformanceTests;
import dev.nodoubt.test.FaultProxy;
import dev.nodoubt.test.conformance.Ability;
import dev.nodoubt.test.conformance.Behaviour;
import dev.nodoubt.test.conformance.Body;
import dev.nodoubt.test.conformance.Feature;
import dev.nodoubt.test.conformance.Hook;
import dev.nodoubt.test.conformance.Hooks;
import dev.nodoubt.test.conformance.Receiver;
import dev.nodoubt.test.conformance.Setup;
import dev.nodoubt.test.conformance.Subject;
import dev.nodoubt.test.conformance.Suite;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The conformance suite against this service, which it cannot steer: what it can see and count of it must be right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
abstract class MailConformance implements Subject, Hooks {

    private static final String TOKEN = "bank-token-0123456789";
    private static final String OTHER_TOKEN = "shop-token-0123456789";

    private FaultProxy proxy;
    private ScriptedSmtp smtp;
    private ConfigurableApplicationContext service;

    private Path log;

    /** Where the database listens on 127.0.0.1. */
    abstract int port();

    /** Its JDBC address, seen through this port. */
    abstract String url(int proxied);

    @BeforeAll
    void start() throws IOException {
        log = Files.createTempFile("mail-conformance", ".log");
        proxy = new FaultProxy(port());
        smtp = new ScriptedSmtp();
        service = new SpringApplicationBuilder(MailService.class)
                .web(WebApplicationType.SERVLET)
                .properties("spring.main.banner-mode=off")
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.datasource.url=" + url(proxy.port()),
                        "--mail.smtp.port=" + smtp.port(),
                        "--mail.callers.bank.token=" + TOKEN,
                        "--mail.callers.shop.token=" + OTHER_TOKEN,
                        "--mail.worker.poll=1h",
                        "--logging.level.dev.nodoubt=DEBUG",
                        "--logging.threshold.console=OFF",
                        "--logging.file.name=" + log);
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
        smtp.close();
        proxy.close();
        Files.delete(log);
    }

    @TestFactory
    Stream<DynamicTest> theMailServiceConforms() {
        String port = service.getEnvironment().getProperty("local.server.port");
        Setup setup = new Setup(Receiver.at(URI.create("http://127.0.0.1:" + port + "/api/notifications")), this)
                .hooks(this)
                .token(TOKEN)
                .otherToken(OTHER_TOKEN)
                .log(log)
                .without(Feature.COMPRESSION);
        return ConformanceTests.of(setup, notRun());
    }

    private static Set<String> notRun() {
        Set<String> notRun = new HashSet<>(Suite.needing(
                Feature.COMPRESSION, Feature.MULTIPART, Feature.CANONICAL_JSON, Feature.BREAK, Feature.REFUSE));
        notRun.addAll(Suite.needing(Ability.STEERING, Ability.HOLDING, Ability.UNGATEABLE));
        notRun.addAll(Suite.needing(Ability.QUOTA_TOKEN));
        notRun.addAll(Suite.needing(Hook.KILL, Hook.PAUSE, Hook.END_SESSIONS, Hook.RAISE_HORIZON));
        notRun.addAll(Suite.needing(Hook.LOSE_COMMIT_ANSWER, Hook.DROP_COMMIT));
        return notRun;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.EFFECTS, Ability.INVALID_BODY, Ability.JSON);
    }

    @Override
    public Body order(String mark, String note, Behaviour behaviour) {
        return Body.json("{\"to\":\"kim@example.com\",\"subject\":\"" + mark + "\",\"text\":\"" + note + "\"}");
    }

    @Override
    public Body invalidOrder() {
        return Body.json("{\"to\":\"nobody\"}");
    }

    @Override
    public long effects(String mark) {
        String subject = "\"subject\":\"" + mark + '"';
        return JdbcClient.create(service.getBean(DataSource.class))
                .sql("SELECT body FROM nodoubt_intent_content")
                .query((row, number) -> new String(row.getBytes(1), StandardCharsets.UTF_8))
                .list()
                .stream()
                .filter(body -> body.contains(subject))
                .count();
    }

    @Override
    public boolean offers(Hook hook) {
        return hook == Hook.CUT_DATABASE || hook == Hook.MEND_DATABASE;
    }

    @Override
    public void pull(Hook hook) {
        if (hook == Hook.CUT_DATABASE) {
            proxy.refuse();
            proxy.cutAll();
        } else {
            proxy.reopen();
        }
    }
}
