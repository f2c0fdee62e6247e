package dev.nodoubt.services.mail;

import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Who may call, and the filter that asks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CallerSettings.class)
class CallerConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(CallerConfiguration.class);

    @Bean
    Callers callers(CallerSettings settings) {
        Callers callers = new Callers(settings);
        LOG.info("callers: {}", callers);
        if (callers.anonymous()) {
            LOG.warn("mail.anonymous=true: whoever reaches this service may send mail and shares one scope with all"
                    + " others that have no token");
        }
        return callers;
    }

    @Bean
    FilterRegistrationBean<CallerFilter> callerFilter(Callers callers, JsonMapper json) {
        FilterRegistrationBean<CallerFilter> registration =
                new FilterRegistrationBean<>(new CallerFilter(callers, json));
        // After the gate's mark, which is at the highest precedence + 10, so that a refusal says "not executed".
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }
}
