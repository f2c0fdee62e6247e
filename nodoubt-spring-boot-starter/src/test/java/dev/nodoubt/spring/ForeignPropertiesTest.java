package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Answer;
import dev.nodoubt.call.Capability;
import dev.nodoubt.call.Lookup;
import dev.nodoubt.call.Step;
import dev.nodoubt.call.Transport;
import dev.nodoubt.wire.CallerProtocol;
import dev.nodoubt.wire.CallerWire;
import dev.nodoubt.wire.ForeignProtocol;
import dev.nodoubt.wire.StatusCodes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ForeignPropertiesTest {

    private static final String DATABASE = "spring.datasource.url=" + Databases.create();
    private static final String AT = "nodoubt.targets.exchange.";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtCallerAutoConfiguration.class))
            .withPropertyValues(DATABASE, "nodoubt.schema.mode=always", AT + "base-url=http://localhost:1");

    @Test
    void withoutACapabilityItIsANodoubtReceiver() {
        target("capability=nodoubt", (capability, protocol) -> {
            assertThat(capability).isEqualTo(new Capability.Gate());
            assertThat(protocol).isSameAs(CallerWire.NODOUBT);
        });
    }

    @Test
    void aKeyAndAQueryForWhenItIsForgotten() {
        target(
                "capability=key key-header=X-Id key.retention=36h codes.executed=200,201 codes.rejected=400-404"
                        + " codes.not-executed=429 query.path=/a/{key} query.processing-time=9s"
                        + " query.assume-never=true query.executed=203 query.rejected=422 query.pending=202"
                        + " query.absent=404",
                (capability, protocol) -> {
                    assertThat(capability)
                            .isEqualTo(new Capability.Key(
                                    Duration.ofHours(36), new Capability.Query(Duration.ofSeconds(9), true)));
                    assertThat(protocol)
                            .isEqualTo(new ForeignProtocol(
                                    "X-Id",
                                    new ForeignProtocol.Codes(codes("200,201"), codes("400-404"), codes("429")),
                                    new ForeignProtocol.Query(
                                            "/a/{key}", codes("203"), codes("422"), codes("202"), codes("404")),
                                    null));
                });
    }

    @Test
    void aNetCancel() {
        target(
                "capability=net-cancel net-cancel.path=/cancel net-cancel.after=5s net-cancel.window=1m"
                        + " net-cancel.cancelled=200,204 net-cancel.executed=409 net-cancel.absent=404",
                (capability, protocol) -> {
                    assertThat(capability)
                            .isEqualTo(new Capability.NetCancel(Duration.ofSeconds(5), Duration.ofMinutes(1)));
                    assertThat(protocol)
                            .isEqualTo(ForeignProtocol.DEFAULT.withCancel(new ForeignProtocol.Cancel(
                                    "/cancel", codes("200,204"), codes("409"), codes("404"))));
                });
    }

    @Test
    void nothing() {
        target("capability=none", (capability, protocol) -> {
            assertThat(capability).isEqualTo(new Capability.None());
            assertThat(protocol).isEqualTo(ForeignProtocol.DEFAULT);
        });
    }

    @Test
    void aLookupBeanAnswersTheQueriesOfTheTargetThatItIsNamedAfter() {
        runner.withPropertyValues(AT + "capability=query", AT + "query.processing-time=9s")
                .withBean("exchange", Lookup.class, () -> key -> new Answer.Absent())
                .run(context -> assertThat(context.getBean(Transport.class).steps("exchange"))
                        .containsExactlyInAnyOrder(Step.EXECUTE, Step.QUERY));
        runner.withPropertyValues(AT + "capability=none")
                .withBean("exchnge", Lookup.class, () -> key -> new Answer.Absent())
                .run(context -> assertThat(context.getStartupFailure())
                        .isNotNull()
                        .hasStackTraceContaining("a Lookup bean has the name of its target")
                        .hasStackTraceContaining("exchnge"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "codes.rejected=400 | exchange.codes means nothing with capability nodoubt",
                "capability=none query.path=/{key} | exchange.query means nothing with capability none",
                "capability=query net-cancel.path=/c | exchange.net-cancel means nothing with capability query",
                "capability=key | exchange.key.retention is missing: set it to how long",
                "capability=key key.retention=0s | exchange.key.retention must be > 0",
                "capability=query | exchange.query.processing-time is missing: set it to",
                "capability=query query.path=/{key} | exchange.query.processing-time is missing",
                "capability=query query.processing-time=9s | needs a transport that can ask it to [EXECUTE, QUERY]",
                "capability=query query.processing-time=9s query.path=/x | exchange.query: foreign protocol: query.path",
                "capability=query query.processing-time=9s query.path=/{key} query.absent=200 | exchange.query",
                "capability=net-cancel | exchange.net-cancel.path is missing",
                "capability=net-cancel net-cancel.path=/c | exchange.net-cancel.window is missing",
                "capability=net-cancel net-cancel.path=/c net-cancel.window=2s | window must be more than after (PT3S)",
                "capability=none codes.executed=2xx | exchange.codes.executed: statuses must be 200 to 599",
                "capability=none key-header=Host | exchange.key-header: foreign protocol: keyHeader must be",
                "capability=soap | exchange.capability",
                "credentials.user=a | exchange.credentials must be user and password together",
                "rate=0 | exchange.rate must be > 0, was 0.0",
                "order.stop-on=executed | target exchange: stopOn must be of REJECTED",
            })
    void whatMakesNoSenseStopsTheStartAndIsNamed(String properties, String message) {
        run(properties)
                .run(context -> assertThat(context.getStartupFailure())
                        .as(properties)
                        .isNotNull()
                        .hasStackTraceContaining(message));
    }

    private ApplicationContextRunner run(String properties) {
        String[] all = properties.split(" ");
        for (int i = 0; i < all.length; i++) {
            all[i] = AT + all[i];
        }
        return runner.withPropertyValues(all);
    }

    private void target(String properties, BiConsumer<Capability, CallerProtocol> check) {
        run(properties).run(context -> {
            assertThat(context).hasNotFailed();
            TargetProperties exchange = Objects.requireNonNull(
                    context.getBean(NodoubtProperties.class).targets().get("exchange"));
            check.accept(
                    exchange.target("exchange").capability(),
                    exchange.httpTarget("exchange").protocol());
        });
    }

    private static StatusCodes codes(String text) {
        return StatusCodes.of(text);
    }
}
