package com.example.openfeign;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.spring.UnansweredException;
import dev.nodoubt.wire.Headers;
import feign.Capability;
import feign.Client;
import feign.Request;
import feign.RequestInterceptor;
import feign.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Key and classification for every Feign client. */
// tag::keys[]
@Configuration(proxyBeanMethods = false)
public class FeignKeys {

    /** Gives each request its key; Feign's own retries keep it. */
    @Bean
    RequestInterceptor key() {
        return request -> {
            if (!request.method().equals("GET") && !request.headers().containsKey(Headers.IDEMPOTENCY_KEY)) {
                request.header(Headers.IDEMPOTENCY_KEY, Headers.quoted(IdempotencyKey.create(Instant.now())));
            }
        };
    }

    /** Tells not sent from lost, around whichever client is in use. Feign calls it by name, so it is public. */
    @Bean
    Capability classification() {
        return new Classification();
    }

    public static final class Classification implements Capability {

        @Override
        public Client enrich(Client client) {
            return (request, options) -> execute(client, request, options);
        }

        private static Response execute(Client client, Request request, Request.Options options) throws IOException {
            Collection<String> keys = request.headers().getOrDefault(Headers.IDEMPOTENCY_KEY, List.of());
            try {
                return client.execute(request, options);
            } catch (IOException fault) {
                if (keys.isEmpty()) {
                    throw fault;
                }
                String quoted = keys.iterator().next();
                IdempotencyKey key = IdempotencyKey.of(quoted.substring(1, quoted.length() - 1));
                throw UnansweredException.of(request.httpMethod().name() + " by Feign", key, fault);
            }
        }
    }
}
// end::keys[]
