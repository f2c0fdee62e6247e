package dev.nodoubt.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Gated handlers, and the transactional services that they reach; there are two managers, "gates" and "other". */
final class Reaching {

    private Reaching() {}

    static class OtherWriter {
        @Transactional("other")
        public void write() {}
    }

    static class PlainWriter {
        @Transactional
        public void write() {}
    }

    static class OtherReader {
        @Transactional(transactionManager = "other", readOnly = true)
        public void read() {}
    }

    static class Between {
        private final OtherWriter writer;

        Between(OtherWriter writer) {
            this.writer = writer;
        }

        void write() {
            writer.write();
        }
    }

    @RestController
    @Import({OtherWriter.class, Between.class})
    static class FarEffect {
        FarEffect(Between between) {
            between.write();
        }

        @Idempotent
        @PostMapping("/x")
        void run() {}
    }

    @Lazy
    @RestController
    @Import(OtherWriter.class)
    static class LazyEffect {
        LazyEffect(OtherWriter writer) {
            writer.write();
        }

        @Idempotent
        @PostMapping("/x")
        void run() {}
    }

    @Configuration(proxyBeanMethods = false)
    @Import(OtherWriter.class)
    static class FunctionalEffect {
        @Bean
        RouterFunction<ServerResponse> routes(OtherWriter writer) {
            return RouterFunctions.route()
                    .POST("/x", IdempotentHandler.of(request -> {
                        writer.write();
                        return ServerResponse.ok().build();
                    }))
                    .build();
        }
    }

    @RestController
    static class OwnEffect {
        @Idempotent
        @Transactional("other")
        @PostMapping("/x")
        public void run() {}
    }

    @RestController
    @Import(PlainWriter.class)
    static class PlainEffect {
        PlainEffect(PlainWriter writer) {
            writer.write();
        }

        @Idempotent
        @PostMapping("/x")
        void run() {}
    }

    @RestController
    static class ReadingEffect {
        ReadingEffect(OtherReader reader) {
            reader.read();
        }

        @Idempotent
        @PostMapping("/x")
        void run() {}

        @Transactional("other")
        @PostMapping("/ungated")
        public void ungated() {}
    }

    /** As Spring Data defines its repositories: the manager's name is a property. */
    static class Repository {
        private String transactionManager = "";

        public void setTransactionManager(String transactionManager) {
            this.transactionManager = transactionManager;
        }

        @Override
        public String toString() {
            return "of " + transactionManager;
        }
    }

    @RestController
    static class RepositoryEffect {
        private final Repository repository;

        RepositoryEffect(Repository repository) {
            this.repository = repository;
        }

        @Idempotent
        @PostMapping("/x")
        String run() {
            return repository.toString();
        }
    }

    static class Escapes {
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void audit() {}

        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        public void suspended() {}

        @Transactional(propagation = Propagation.NEVER)
        public void alone() {}

        @Async
        public void elsewhere() {}

        @Transactional
        public void joins() {}
    }

    @RestController
    static class EscapingEffects {
        EscapingEffects(Escapes escapes) {
            escapes.joins();
        }

        @Idempotent
        @PostMapping("/x")
        void run() {}

        @Idempotent
        @PostMapping("/y")
        void runToo() {}
    }

    static class Strict {
        @Transactional(isolation = Isolation.SERIALIZABLE)
        public void write() {}
    }

    @RestController
    static class StrictEffect {
        StrictEffect(Strict strict) {
            strict.write();
        }

        @Idempotent(isolation = dev.nodoubt.gate.Isolation.SERIALIZABLE)
        @PostMapping("/strict")
        void run() {}
    }

    @RestController
    static class LooseEffect {
        LooseEffect(Strict strict) {
            strict.write();
        }

        @Idempotent
        @PostMapping("/loose")
        void run() {}
    }

    @RestController
    static class ReadOnlyEffect {
        @Idempotent
        @Transactional(readOnly = true)
        @PostMapping("/x")
        public void run() {}
    }
}
