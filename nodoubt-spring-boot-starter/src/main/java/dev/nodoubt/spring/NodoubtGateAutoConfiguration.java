package dev.nodoubt.spring;

import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateHooks;
import dev.nodoubt.gate.GateObserver;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.ReplyKeeper;
import dev.nodoubt.gate.Transactions;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.wire.GateEndpoint;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The gate, in servlet web applications: where there is one data source and a transaction manager. Its beans stand in the
 * order in which they depend on each other.
 */
@AutoConfiguration(after = NodoubtSchemaAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class NodoubtGateAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(NodoubtDatabase.class)
    GateStore nodoubtGateStore(NodoubtDatabase database, NodoubtSchema schema) {
        return new JdbcGateStore(ManagedDataSource.unwrapped(database.dataSource()));
    }

    @Bean
    @ConditionalOnMissingBean(Transactions.class)
    @ConditionalOnBean({NodoubtDatabase.class, PlatformTransactionManager.class})
    Transactions nodoubtTransactions(NodoubtDatabase database) {
        PlatformTransactionManager manager = database.manager();
        if (manager == null) {
            throw new StartupException("ND-0403");
        }
        return new SpringTransactions(manager, database.dataSource());
    }

    @Bean
    @ConditionalOnMissingBean
    GateSettings nodoubtGateSettings(NodoubtProperties properties) {
        return properties.gate().settings();
    }

    @Bean
    @ConditionalOnMissingBean
    ReplyKeeper nodoubtReplyKeeper() {
        return ReplyKeeper.PLAIN;
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean({GateStore.class, Transactions.class})
    Gate nodoubtGate(
            GateStore store,
            Transactions transactions,
            GateSettings settings,
            ReplyKeeper keeper,
            ObjectProvider<GateObserver> observer) {
        GateHooks hooks = new GateHooks(keeper, observer.getIfAvailable(() -> GateObserver.NONE));
        return new Gate(store, transactions, settings, Clock.systemUTC(), hooks);
    }

    @Bean
    @ConditionalOnMissingBean(name = "nodoubtGateUpkeep")
    @ConditionalOnBean(Gate.class)
    GateUpkeepLifecycle nodoubtGateUpkeep(Gate gate) {
        return new GateUpkeepLifecycle(gate);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(Gate.class)
    GateEndpoint nodoubtGateEndpoint(Gate gate, NodoubtProperties properties) {
        int largest = gate.settings().limits().body();
        return new GateEndpoint(gate, properties.gate().keys().fingerprints(largest), Clock.systemUTC());
    }
}
