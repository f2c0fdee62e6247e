package dev.nodoubt.services.mail;

import dev.nodoubt.staged.Claim;
import dev.nodoubt.staged.Effect;
import dev.nodoubt.staged.EffectResult;

/** Sends the mails that were recorded as intents. Thread-safe. */
final class MailEffect implements Effect {

    /** The kind of these intents. */
    static final String KIND = "mail";

    private final SmtpSender sender;

    MailEffect(SmtpSender sender) {
        this.sender = sender;
    }

    @Override
    public EffectResult attempt(Claim claim) {
        Mail mail;
        try {
            mail = MailPayload.mail(claim);
        } catch (IllegalArgumentException e) {
            return new EffectResult.NotDone(
                    "the recorded mail cannot be read: " + claim.intent().payload(), true);
        }
        return sender.send(mail);
    }
}
