package dev.nodoubt.spring;

import dev.nodoubt.http.HttpTarget;

/**
 * Completes what the properties say of a target: its credentials, whom it trusts over TLS, its longest answer. Beans of
 * this type are asked in their order, for each target once, at start. Where there is one, no target under
 * {@code nodoubt.targets} is compared any more with the headers and the TLS of its group (ND-0419).
 */
@FunctionalInterface
public interface HttpTargetCustomizer {

    /** The target to use, under the same name. */
    HttpTarget customize(HttpTarget target);
}
