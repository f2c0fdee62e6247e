package dev.nodoubt.services.mail;

import java.util.UUID;

/** The row by which a caller may learn later what became of its request. */
sealed interface RequestRecord permits RequestFlag, RequestLog {

    /** Tells, in the current transaction, that the intent of this notification is recorded in it. */
    void taken(UUID request, UUID notification);

    /** Tells that nothing was done, and that the same request would be refused again. */
    void refused(UUID request);
}
