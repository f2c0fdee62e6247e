package dev.nodoubt.spring;

import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.Transactions;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.wire.GateEndpoint;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** The receiver, in servlet web applications with Spring MVC: the gate, its filters, query and fence. */
@AutoConfiguration(
        after = NodoubtSchemaAutoConfiguration.class,
        beforeName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, WebMvcRegistrations.class})
public final class NodoubtReceiverAutoConfiguration {

    @Bean
    GatedHandlers nodoubtGatedHandlers(ListableBeanFactory beans) {
        return new GatedHandlers(beans);
    }

    @Bean
    GatedHandlersCheck nodoubtGatedHandlersCheck(GatedHandlers handlers, ListableBeanFactory beans) {
        return new GatedHandlersCheck(handlers, beans);
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

    /** What the gate needs of the database; {@link GatedHandlersCheck} says so when it is missing and needed. */
    @Configuration(proxyBeanMethods = false)
    static class Database {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnSingleCandidate(DataSource.class)
        GateStore nodoubtGateStore(DataSource dataSource, NodoubtSchema schema) {
            return new JdbcGateStore(dataSource);
        }

        @Bean
        @ConditionalOnMissingBean(Transactions.class)
        @ConditionalOnSingleCandidate(DataSource.class)
        @ConditionalOnBean(PlatformTransactionManager.class)
        Transactions nodoubtTransactions(ObjectProvider<PlatformTransactionManager> managers, DataSource dataSource) {
            PlatformTransactionManager manager = managers.getIfUnique();
            if (manager == null) {
                throw new StartupException(
                        "The gate finds more than one transaction manager and cannot choose.",
                        "Mark one as @Primary, or declare a bean of type dev.nodoubt.gate.Transactions: a"
                                + " SpringTransactions with the manager and the data source that belong together.");
            }
            return new SpringTransactions(manager, dataSource);
        }

        @Bean
        @ConditionalOnMissingBean
        GateSettings nodoubtGateSettings() {
            return GateSettings.DEFAULT;
        }
    }

    /** The gate and its ways in. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({GateStore.class, Transactions.class})
    static class Entrance {

        @Bean
        @ConditionalOnMissingBean
        Gate nodoubtGate(GateStore store, Transactions transactions, GateSettings settings) {
            return new Gate(store, transactions, settings, Clock.systemUTC());
        }

        @Bean
        @ConditionalOnMissingBean
        GateEndpoint nodoubtGateEndpoint(Gate gate) {
            return new GateEndpoint(gate, Clock.systemUTC());
        }

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
                    new GateFilter(handlers, endpoint, scope, properties.gate().key(), settings.bodyLimit()));
            registration.setName("nodoubtGateFilter");
            // matchAfter puts it behind filters of the same, lowest precedence, which filters without an order have
            registration.setOrder(Ordered.LOWEST_PRECEDENCE);
            registration.setMatchAfter(true);
            registration.setDispatcherTypes(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC));
            return registration;
        }

        @Bean
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
