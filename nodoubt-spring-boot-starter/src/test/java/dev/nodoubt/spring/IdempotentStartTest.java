package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

class IdempotentStartTest {

    private static final String DATABASE = Databases.create();

    private final WebApplicationContextRunner withoutDatabase = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtGateAutoConfiguration.class,
                    NodoubtReceiverAutoConfiguration.class));

    private final WebApplicationContextRunner application = withoutDatabase
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=" + DATABASE, "nodoubt.schema.mode=always");

    @Test
    void aCompleteMethodStarts() {
        application.withBean(Complete.class).run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Deferred.class,
                Future.class,
                Call.class,
                Task.class,
                Streaming.class,
                StreamingEntity.class,
                Events.class,
                Published.class
            })
    void aMethodThatEndsAfterItReturnsStopsTheStart(Class<?> controller) {
        application.withBean(controller).run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains("@Idempotent method", controller.getSimpleName(), "ends after the method does");
            assertThat(analysis.getAction()).contains("Return the complete value");
        });
    }

    @Test
    void aMethodWithoutADatabaseStopsTheStart() {
        withoutDatabase.withBean(Complete.class).run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("has no gate", "no single DataSource");
            assertThat(analysis.getAction()).contains("Configure one DataSource");
        });
    }

    @Test
    void anApplicationWithoutGatedMethodsNeedsNoDatabase() {
        withoutDatabase.run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aTransactionManagerOfAnotherDataSourceStopsTheStart() {
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(DATABASE);
        application
                .withBean(Complete.class)
                .withBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(other))
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("JdbcTransactionManager", "manages another DataSource"));
    }

    @Test
    void severalTransactionManagersStopTheStart() {
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(DATABASE);
        application
                .withBean(Complete.class)
                .withBean("one", PlatformTransactionManager.class, () -> new JdbcTransactionManager(other))
                .withBean("two", PlatformTransactionManager.class, () -> new JdbcTransactionManager(other))
                .run(context -> {
                    FailureAnalysis analysis = analysis(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("more than one transaction manager");
                    assertThat(analysis.getAction()).contains("@Primary");
                });
    }

    @Test
    void anAdapterThatDoesNotTellTheGateStopsTheStart() {
        application
                .withBean(Complete.class)
                .withBean(WebMvcRegistrations.class, PlainAdapter::new)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("dev.nodoubt.spring.GatedHandlerAdapter"));
    }

    @Test
    void aMethodThatRunsOnAnotherThreadStopsTheStart() {
        application
                .withBean(Elsewhere.class)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("Elsewhere#run", "is @Async"));
    }

    @Test
    void aRejectionThatIsNoRefusalStopsTheStart() {
        application.withBean(Rejecting.class).run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains("Rejecting#run", "rejects must be statuses of 400 to 499, was 503");
            assertThat(analysis.getAction()).contains("Declare statuses from 400 to 499");
        });
    }

    @Test
    void aHandlerFunctionWithoutADatabaseStopsTheStart() {
        withoutDatabase
                .withUserConfiguration(Functional.class)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("IdempotentHandler of (POST && /x) has no gate", "no single DataSource"));
    }

    private static FailureAnalysis analysis(@Nullable Throwable failure) {
        assertThat(failure).isNotNull();
        return Objects.requireNonNull(
                new StartupFailureAnalyzer().analyze(Objects.requireNonNull(failure)), "another failure than expected");
    }

    static final class PlainAdapter implements WebMvcRegistrations {
        @Override
        public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
            return new RequestMappingHandlerAdapter();
        }
    }

    @RestController
    static class Complete {
        @Idempotent
        @PostMapping("/x")
        ResponseEntity<Map<String, String>> run() {
            return ResponseEntity.ok(Map.of());
        }
    }

    @RestController
    static class Elsewhere {
        @Async
        @Idempotent
        @PostMapping("/x")
        public void run() {}
    }

    @RestController
    static class Rejecting {
        @Idempotent(rejects = {409, 503})
        @PostMapping("/x")
        void run() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Functional {
        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route(
                    RequestPredicates.POST("/x"),
                    IdempotentHandler.of(request -> ServerResponse.ok().build()));
        }
    }

    @RestController
    static class Deferred {
        @Idempotent
        @PostMapping("/x")
        DeferredResult<String> run() {
            return new DeferredResult<>();
        }
    }

    @RestController
    static class Future {
        @Idempotent
        @PostMapping("/x")
        CompletableFuture<String> run() {
            return new CompletableFuture<>();
        }
    }

    @RestController
    static class Call {
        @Idempotent
        @PostMapping("/x")
        Callable<String> run() {
            return () -> "";
        }
    }

    @RestController
    static class Task {
        @Idempotent
        @PostMapping("/x")
        WebAsyncTask<String> run() {
            return new WebAsyncTask<>(() -> "");
        }
    }

    @RestController
    static class Streaming {
        @Idempotent
        @PostMapping("/x")
        StreamingResponseBody run() {
            return out -> {};
        }
    }

    @RestController
    static class StreamingEntity {
        @Idempotent
        @PostMapping("/x")
        ResponseEntity<StreamingResponseBody> run() {
            return ResponseEntity.ok(out -> {});
        }
    }

    @RestController
    static class Events {
        @Idempotent
        @PostMapping("/x")
        SseEmitter run() {
            return new SseEmitter();
        }
    }

    @RestController
    static class Published {
        @Idempotent
        @PostMapping("/x")
        Flow.Publisher<String> run() {
            return subscriber -> {};
        }
    }
}
