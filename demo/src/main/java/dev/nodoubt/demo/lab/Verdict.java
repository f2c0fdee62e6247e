package dev.nodoubt.demo.lab;

import dev.nodoubt.demo.lane.Count;

/** What became of one transfer, told from what the caller knows and what the mailbox has. */
enum Verdict {
    /** One transfer, one mail, and the caller knows. */
    FLAWLESS(Tone.GOOD),
    /** No mail, none will come, and the caller knows. */
    NEVER(Tone.GOOD),
    /** The mail was refused, and the caller knows. */
    REJECTED(Tone.GOOD),
    /** Neither transfer nor mail, and the caller knows. */
    ROLLED_BACK(Tone.GOOD),
    /** Neither transfer nor mail, and the caller does not know of the mail. */
    ROLLED_BACK_IN_DOUBT(Tone.DOUBT),
    /** One transfer, one mail, and the caller does not know. */
    SENT_IN_DOUBT(Tone.DOUBT),
    /** A transfer without a mail, and the caller does not know. */
    LOST_IN_DOUBT(Tone.BAD),
    /** A transfer without a mail, and nobody sends it any more. */
    LOST(Tone.BAD),
    /** More than one mail for one transfer. */
    DOUBLED(Tone.BAD),
    /** A mail for a transfer that does not exist. */
    ROLLED_BACK_BUT_SENT(Tone.BAD),
    /** More than one mail for a transfer that does not exist. */
    ROLLED_BACK_BUT_DOUBLED(Tone.BAD),
    /** A mail of which the caller believes that it was not taken. */
    NEVER_BUT_SENT(Tone.BAD);

    private final Tone tone;

    Verdict(Tone tone) {
        this.tone = tone;
    }

    enum Tone {
        GOOD,
        DOUBT,
        BAD
    }

    Tone tone() {
        return tone;
    }

    /**
     * Judges.
     *
     * @param count of this one transfer
     */
    static Verdict of(Count count, Belief belief) {
        Count.Mails mails = count.mails();
        if (mails.rolledBackButSent() > 0) {
            return mails.doubled() > 0 ? ROLLED_BACK_BUT_DOUBLED : ROLLED_BACK_BUT_SENT;
        }
        if (mails.doubled() > 0) {
            return DOUBLED;
        }
        boolean inDoubt = count.inDoubt() > 0;
        if (count.rolledBack() > 0) {
            return inDoubt ? ROLLED_BACK_IN_DOUBT : ROLLED_BACK;
        }
        return mails.lost() > 0 ? withoutMail(inDoubt, belief) : withMail(inDoubt, belief);
    }

    private static Verdict withoutMail(boolean inDoubt, Belief belief) {
        return switch (belief) {
            case NEVER -> NEVER;
            case REJECTED -> REJECTED;
            default -> inDoubt ? LOST_IN_DOUBT : LOST;
        };
    }

    private static Verdict withMail(boolean inDoubt, Belief belief) {
        return switch (belief) {
            case NEVER, REJECTED, NOT_SENT -> NEVER_BUT_SENT;
            default -> inDoubt ? SENT_IN_DOUBT : FLAWLESS;
        };
    }
}
