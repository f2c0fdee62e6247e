package dev.nodoubt.spring;

import dev.nodoubt.call.CallStore;
import dev.nodoubt.spring.NodoubtProperties.Rule;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the caller keeps what.
 *
 * @param settled Settled calls, with their labels and attempts, counted from their outcome.
 * @param businessKeys For how long a business key names its call, counted from its recording.
 * @param audit What operators did, counted from when they did it.
 */
public record RelayRetentionProperties(
        @DefaultValue("30d") Duration settled,
        @DefaultValue("30d") Duration businessKeys,
        @DefaultValue("365d") Duration audit) {

    public RelayRetentionProperties {
        Rule.positive(settled, "nodoubt.relay.retention.settled");
        Rule.positive(businessKeys, "nodoubt.relay.retention.business-keys");
        Rule.positive(audit, "nodoubt.relay.retention.audit");
    }

    CallStore.Retention retention() {
        return new CallStore.Retention(settled, businessKeys, audit);
    }
}
