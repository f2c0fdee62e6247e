package dev.nodoubt.spring;

import dev.nodoubt.call.Call;

/**
 * Says how one recorded call is treated: its deadline, delay, order key, business key, tags, reference or outcome handler,
 * as in {@code call -> call.inOrderOf(account).withReference(transfer)}. The parameter of a durable method of an HTTP
 * interface, or an argument of {@link DurableClient.Spec#with}.
 */
@FunctionalInterface
public interface CallCustomizer {

    /** The call to record, made from this one by its {@code with} methods. */
    Call customize(Call call);
}
