package dev.nodoubt.services.mail;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Teaches Spring MVC how a notification is read. */
@Configuration(proxyBeanMethods = false)
class WebSettings implements WebMvcConfigurer {

    private final JsonMapper json;

    WebSettings(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new NotificationArgument(json));
    }
}
