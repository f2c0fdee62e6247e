package dev.nodoubt.spring;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Says why a web application without Spring MVC, as one of WebFlux, cannot be a receiver: where it is meant to be one. */
@AutoConfiguration(after = NodoubtReceiverAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnMissingBean(name = "nodoubtGatedHandlersCheck")
public final class NodoubtUngatedAutoConfiguration {

    @Bean
    UngatedHandlersCheck nodoubtUngatedHandlersCheck(ConfigurableListableBeanFactory beans) {
        return new UngatedHandlersCheck(beans);
    }
}
