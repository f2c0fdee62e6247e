package dev.nodoubt.console;

import dev.nodoubt.call.Desk;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.Relay;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.jdbc.JdbcDeskStore;
import dev.nodoubt.jdbc.JdbcGateDesk;
import dev.nodoubt.spring.NodoubtCallerAutoConfiguration;
import dev.nodoubt.spring.NodoubtDatabase;
import dev.nodoubt.spring.NodoubtGateAutoConfiguration;
import dev.nodoubt.spring.SpringTransactions;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The console, in servlet web applications with Spring MVC that record calls. */
@AutoConfiguration(after = {NodoubtCallerAutoConfiguration.class, NodoubtGateAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean({Relay.class, NodoubtDatabase.class})
@ConditionalOnProperty(name = "nodoubt.console.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConsoleProperties.class)
public final class NodoubtConsoleAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ConsoleAccess nodoubtConsoleAccess(ConsoleProperties properties) {
        return new ConfiguredAccess(properties.access());
    }

    @Bean
    @ConditionalOnMissingBean
    DeskStore nodoubtDeskStore(NodoubtDatabase database) {
        PlatformTransactionManager manager = database.manager();
        return manager == null
                ? new JdbcDeskStore(database.dataSource())
                : new JdbcDeskStore(database.dataSource(), new SpringTransactions(manager, database.dataSource()));
    }

    @Bean
    @ConditionalOnMissingBean
    Desk nodoubtDesk(DeskStore store, Relay relay) {
        return new Desk(store, relay);
    }

    /** The pages and what they are made of. */
    @Configuration(proxyBeanMethods = false)
    @Import({
        PageController.class,
        CallController.class,
        ActionController.class,
        BulkController.class,
        AssetController.class,
        PreferencesController.class,
        ReceiverController.class,
        LiveController.class
    })
    static class Parts {

        @Bean
        Assets nodoubtConsoleAssets() {
            return new Assets();
        }

        @Bean
        Pages nodoubtConsolePages(Assets assets) {
            return new Pages(assets, InstantSource.system());
        }

        @Bean
        Live nodoubtConsoleLive(DeskStore store, ConsoleProperties properties) {
            return new Live(store, properties.live());
        }

        @Bean
        Receiver nodoubtConsoleReceiver(ObjectProvider<Gate> gate, NodoubtDatabase database) {
            return new Receiver(gate.getIfAvailable() == null ? null : new JdbcGateDesk(database.dataSource()));
        }

        @Bean
        WebMvcConfigurer nodoubtConsoleDoor(ConsoleAccess access) {
            return new WebMvcConfigurer() {
                @Override
                public void addInterceptors(InterceptorRegistry registry) {
                    registry.addInterceptor(new ConsoleDoor(access));
                }
            };
        }
    }
}
