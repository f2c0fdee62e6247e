package dev.nodoubt.demo.lane;

import dev.nodoubt.demo.mailbox.Mail;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of a lane's transfers, counted for every lane by this one piece of code, from the mails at the sink and the
 * ledger's committed transfers.
 *
 * @param transfers in the input
 * @param rolledBack transfers that did not commit
 * @param mails what the sink says
 * @param inDoubt calls of which nobody knows whether a mail went out
 */
public record Count(int transfers, int rolledBack, Mails mails, int inDoubt) {

    /**
     * A lane's mails.
     *
     * @param received all copies
     * @param lost committed transfers without a mail
     * @param doubled transfers with more than one mail, told apart by their Message-ID
     * @param rolledBackButSent transfers that did not commit and have a mail
     * @param repeatedAtLastHop further copies of one Message-ID: what SMTP itself repeated
     */
    public record Mails(int received, int lost, int doubled, int rolledBackButSent, int repeatedAtLastHop) {}

    /**
     * Counts.
     *
     * @param transfers how many the input has
     * @param books the ledger's state
     * @param mails every mail of this lane
     */
    public static Count of(int transfers, Lane.Books books, List<Mail> mails) {
        Map<String, Set<String>> messages = new HashMap<>();
        int copies = 0;
        for (Mail mail : mails) {
            // a mail without a Message-ID cannot be told from another: each counts for itself
            String id = mail.messageId().isEmpty() ? "none " + copies++ : mail.messageId();
            messages.computeIfAbsent(mail.transferId(), unused -> new HashSet<>())
                    .add(id);
        }
        int different = messages.values().stream().mapToInt(Set::size).sum();
        int lost = (int) books.committed().stream()
                .filter(id -> !messages.containsKey(id))
                .count();
        int doubled =
                (int) messages.values().stream().filter(ids -> ids.size() > 1).count();
        int orphans = (int) messages.keySet().stream()
                .filter(id -> !books.committed().contains(id))
                .count();
        return new Count(
                transfers,
                transfers - books.committed().size(),
                new Mails(mails.size(), lost, doubled, orphans, mails.size() - different),
                books.inDoubt());
    }

    /** Whether nothing was lost, doubled, sent in vain or left in doubt. */
    public boolean flawless() {
        return mails.lost() == 0 && mails.doubled() == 0 && mails.rolledBackButSent() == 0 && inDoubt == 0;
    }
}
