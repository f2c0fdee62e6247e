package dev.nodoubt.spring;

import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Spooling;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** The receiver, in servlet web applications with Spring MVC: gated methods, query and fence. */
@AutoConfiguration(
        after = NodoubtGateAutoConfiguration.class,
        beforeName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, WebMvcRegistrations.class})
public final class NodoubtReceiverAutoConfiguration {

    @Bean
    GatedHandlers nodoubtGatedHandlers(ListableBeanFactory beans) {
        return new GatedHandlers(beans);
    }

    @Bean
    GatedHandlersCheck nodoubtGatedHandlersCheck(
            GatedHandlers handlers, ConfigurableListableBeanFactory beans, NodoubtProperties properties) {
        return new GatedHandlersCheck(handlers, beans, properties);
    }

    @Bean
    @ConditionalOnMissingBean
    WebMvcRegistrations nodoubtWebMvcRegistrations() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new GatedHandlerAdapter();
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    GateScope nodoubtGateScope() {
        return GateScope.PRINCIPAL;
    }

    /** The ways to the gate; {@link GatedHandlersCheck} says what is missing when there is none and one is needed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(Gate.class)
    static class Ways {

        @Bean
        FilterRegistrationBean<GateMarkFilter> nodoubtGateMarkFilter(GatedHandlers handlers) {
            FilterRegistrationBean<GateMarkFilter> registration =
                    new FilterRegistrationBean<>(new GateMarkFilter(handlers));
            registration.setName("nodoubtGateMarkFilter");
            // after the filters that say where a request comes from and how it is encoded, before security
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
            registration.setDispatcherTypes(DispatcherType.REQUEST);
            return registration;
        }

        @Bean
        FilterRegistrationBean<GateFilter> nodoubtGateFilter(
                GatedHandlers handlers,
                GateEndpoint endpoint,
                GateScope scope,
                GateSettings settings,
                NodoubtProperties properties) {
            FilterRegistrationBean<GateFilter> registration = new FilterRegistrationBean<>(
                    new GateFilter(handlers, endpoint, scope, properties.gate().key(), spooling(settings)));
            registration.setName("nodoubtGateFilter");
            // matchAfter puts it behind filters of the same, lowest precedence, which filters without an order have
            registration.setOrder(Ordered.LOWEST_PRECEDENCE);
            registration.setMatchAfter(true);
            registration.setDispatcherTypes(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC));
            return registration;
        }

        private static Spooling spooling(GateSettings settings) {
            Spooling defaults = Spooling.defaults();
            return new Spooling(settings.limits().body(), defaults.inMemory(), defaults.directory());
        }

        @Bean
        @ConditionalOnMissingBean(name = "nodoubtGateQueries")
        SimpleUrlHandlerMapping nodoubtGateQueries(GateEndpoint endpoint, GateScope scope) {
            Map<String, GateQueryHandler> handlers = Map.of(
                    "/nodoubt/outcome", new GateQueryHandler("GET", scope, endpoint::outcome),
                    "/nodoubt/fence", new GateQueryHandler("POST", scope, endpoint::fence));
            SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(handlers);
            mapping.setOrder(Ordered.HIGHEST_PRECEDENCE + 1000); // before an application's catch-all
            return mapping;
        }
    }
}
