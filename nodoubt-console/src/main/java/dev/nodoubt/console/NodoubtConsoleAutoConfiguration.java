package dev.nodoubt.console;

import dev.nodoubt.call.Desk;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.Relay;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.ReplyKeeper;
import dev.nodoubt.jdbc.JdbcDeskStore;
import dev.nodoubt.jdbc.JdbcGateDesk;
import dev.nodoubt.spring.NodoubtCallerAutoConfiguration;
import dev.nodoubt.spring.NodoubtDatabase;
import dev.nodoubt.spring.NodoubtGateAutoConfiguration;
import dev.nodoubt.spring.SpringTransactions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The console, in servlet web applications with Spring MVC that record calls, or that are receivers, or both. */
@AutoConfiguration(after = {NodoubtCallerAutoConfiguration.class, NodoubtGateAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(NodoubtDatabase.class)
@Conditional(NodoubtConsoleAutoConfiguration.OnSomethingToShow.class)
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

    /** Holds where calls are recorded, or a gate stands. */
    static final class OnSomethingToShow extends AnyNestedCondition {

        OnSomethingToShow() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBean(Relay.class)
        static final class Calls {}

        @ConditionalOnBean(Gate.class)
        static final class Keys {}
    }

    /** What every console has. */
    @Configuration(proxyBeanMethods = false)
    @Import({AssetController.class, AuditController.class, LiveController.class, PreferencesController.class})
    static class Parts {

        @Bean
        Assets nodoubtConsoleAssets() {
            return new Assets();
        }

        @Bean
        Pages nodoubtConsolePages(Assets assets, ObjectProvider<Relay> relay, ObjectProvider<Gate> gate) {
            boolean calls = relay.getIfAvailable() != null;
            boolean receives = gate.getIfAvailable() != null;
            return new Pages(assets, Section.of(calls, receives), InstantSource.system());
        }

        @Bean
        Live nodoubtConsoleLive(
                ObjectProvider<Desk> desk,
                DeskStore store,
                ObjectProvider<Receiver> receiver,
                ConsoleProperties properties) {
            List<Figures> figures = new ArrayList<>();
            desk.ifAvailable(there -> figures.add(new CallFigures(store)));
            receiver.ifAvailable(
                    there -> figures.add(new GateFigures(there::counts, there::kept, InstantSource.system())));
            return new Live(figures, properties.live(), InstantSource.system());
        }

        @Bean
        WebMvcConfigurer nodoubtConsoleDoor(ConsoleAccess access, Pages pages) {
            return new WebMvcConfigurer() {
                @Override
                public void addInterceptors(InterceptorRegistry registry) {
                    registry.addInterceptor(new ConsoleDoor(access, pages));
                }
            };
        }
    }

    /** What is about calls. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(Relay.class)
    @Import({PageController.class, CallController.class, ActionController.class, BulkController.class})
    static class CallParts {

        @Bean
        @ConditionalOnMissingBean
        Desk nodoubtDesk(DeskStore store, Relay relay) {
            return new Desk(store, relay);
        }
    }

    /** What is about the keys of this application's own gate. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(Gate.class)
    @Import(ReceiverController.class)
    static class KeyParts {

        @Bean
        Receiver nodoubtConsoleReceiver(Gate gate, NodoubtDatabase database, ObjectProvider<ReplyKeeper> keeper) {
            return new Receiver(
                    gate, new JdbcGateDesk(database.dataSource()), keeper.getIfAvailable(() -> ReplyKeeper.PLAIN));
        }
    }

    /** Where a console begins that has no calls. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Relay.class)
    @Import(HomeController.class)
    static class Home {}
}
