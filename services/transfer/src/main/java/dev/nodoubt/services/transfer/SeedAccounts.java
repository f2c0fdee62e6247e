package dev.nodoubt.services.transfer;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens the demo accounts that do not exist yet, before the first request is taken: 1001, 1002, … with an address each
 * at a domain that is nobody's.
 */
@Component
final class SeedAccounts implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(SeedAccounts.class);
    private static final int FIRST = 1001;
    private static final List<String> OWNERS =
            List.of("김민준", "이서연", "Ada Byrne", "박도윤", "최지우", "Noah Lind", "정하은", "강시우", "Maya Ortiz", "조수아");

    private final Accounts accounts;
    private final TransferProperties properties;
    private final TransactionTemplate transaction;

    SeedAccounts(Accounts accounts, TransferProperties properties, PlatformTransactionManager transactions) {
        this.accounts = accounts;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (properties.seedAccounts() > 0) {
            transaction.executeWithoutResult(status -> open());
        }
    }

    private void open() {
        int opened = 0;
        for (int i = 0; i < properties.seedAccounts(); i++) {
            String id = String.valueOf(FIRST + i);
            String owner = OWNERS.get(i % OWNERS.size());
            Account account = new Account(id, owner, id + "@accounts.example", properties.openingBalance());
            opened += accounts.insert(account) ? 1 : 0;
        }
        LOG.info("{} of {} demo accounts were opened now", opened, properties.seedAccounts());
    }
}
