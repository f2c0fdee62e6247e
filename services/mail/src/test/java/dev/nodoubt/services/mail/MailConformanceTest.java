package dev.nodoubt.services.mail;

import dev.nodoubt.test.ConformanceTests;
import dev.nodoubt.test.EmbeddedPostgres;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The conformance suite against this service, which it cannot steer: what it can see and count of it must be right. */
@SuppressWarnings("NullAway.Init") // set before the first test
final class MailConformanceTest implements Subject, Hooks {

    /** What nodoubt's gate does not have yet. */
    private static final List<Feature> LACKED = List.of(
            Feature.PREFER_WAIT, Feature.FOREIGN_KEYS, Feature.EXPIRES, Feature.INCARNATION, Feature.COMPRESSION);

    private static final String TOKEN = "bank-token-0123456789";
    private static final String OTHER_TOKEN = "shop-token-0123456789";

    private static EmbeddedPostgres database;
    private static FaultProxy proxy;
    private static ScriptedSmtp smtp;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() throws IOException {
        database = EmbeddedPostgres.start();
        database.createDatabase("mail");
        proxy = new FaultProxy(database.port());
        smtp = new ScriptedSmtp();
        String url = database.jdbcUrl("mail").replace(":" + database.port() + "/", ":" + proxy.port() + "/");
        service = new SpringApplicationBuilder(MailService.class)
                .web(WebApplicationType.SERVLET)
                .properties("spring.main.banner-mode=off")
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.datasource.url=" + url,
                        "--mail.smtp.port=" + smtp.port(),
                        "--mail.callers.bank.token=" + TOKEN,
                        "--mail.callers.shop.token=" + OTHER_TOKEN,
                        "--mail.worker.poll=1h");
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        smtp.close();
        proxy.close();
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> theMailServiceConforms() {
        String port = service.getEnvironment().getProperty("local.server.port");
        Setup setup = new Setup(Receiver.at(URI.create("http://127.0.0.1:" + port + "/api/notifications")), this)
                .hooks(this)
                .token(TOKEN)
                .otherToken(OTHER_TOKEN);
        LACKED.forEach(setup::without);
        return ConformanceTests.of(setup, notRun());
    }

    private static Set<String> notRun() {
        Set<String> notRun = new HashSet<>(Suite.needing(LACKED.toArray(Feature[]::new)));
        notRun.addAll(Suite.needing(Feature.MULTIPART, Feature.CANONICAL_JSON, Feature.BREAK, Feature.REFUSE));
        notRun.addAll(Suite.needing(Ability.STEERING, Ability.HOLDING, Ability.LOG, Ability.UNGATEABLE));
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
        return JdbcClient.create(database.dataSource("mail"))
                .sql("SELECT count(*) FROM nodoubt_intent_content WHERE position(CAST(:mark AS bytea) IN body) > 0")
                .param("mark", ("\"subject\":\"" + mark + '"').getBytes(StandardCharsets.UTF_8))
                .query(Long.class)
                .single();
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
