package dev.nodoubt.spring;

import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.converter.autoconfigure.ClientHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/** Recording by objects instead of bytes, and by HTTP interfaces: where spring-web is on the class path. */
@AutoConfiguration(
        after = NodoubtCallerAutoConfiguration.class,
        afterName = "org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration")
@ConditionalOnClass(RestClientHttpServiceGroupConfigurer.class)
public final class NodoubtClientAutoConfiguration {

    /** With the converters of the application's own clients. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientHttpMessageConvertersCustomizer.class)
    static class OfTheApplication {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean({DurableCalls.class, Outbox.class})
        DurableClient nodoubtDurableClient(
                DurableCalls calls, Outbox outbox, ObjectProvider<ClientHttpMessageConvertersCustomizer> customizers) {
            HttpMessageConverters.ClientBuilder converters =
                    HttpMessageConverters.forClient().registerDefaults();
            customizers.orderedStream().forEach(customizer -> customizer.customize(converters));
            return new DurableClient(calls, outbox, converters.build());
        }
    }

    @Bean
    DurableServices nodoubtDurableServices(
            ObjectProvider<DurableClient> client, ObjectProvider<Relay> relay, ConfigurableListableBeanFactory beans) {
        return new DurableServices(client, relay, beans);
    }

    @Bean
    static DurableProxyCheck nodoubtDurableProxyCheck() {
        return new DurableProxyCheck();
    }

    /** Without Spring Boot's: those that Spring finds by itself. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean({DurableCalls.class, Outbox.class})
    DurableClient nodoubtPlainDurableClient(DurableCalls calls, Outbox outbox) {
        return new DurableClient(
                calls,
                outbox,
                HttpMessageConverters.forClient().registerDefaults().build());
    }
}
