package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.mailbox.Mail;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "true,  1, 0, EXECUTED,    FLAWLESS",
        "true,  1, 1, IN_DOUBT,    SENT_IN_DOUBT",
        "true,  1, 1, UNRESOLVED,  SENT_IN_DOUBT",
        "true,  1, 0, NEVER,       NEVER_BUT_SENT",
        "true,  1, 0, REJECTED,    NEVER_BUT_SENT",
        "true,  1, 0, NOT_SENT,    NEVER_BUT_SENT",
        "true,  0, 0, NEVER,       NEVER",
        "true,  0, 0, REJECTED,    REJECTED",
        "true,  0, 0, NOT_SENT,    LOST",
        "true,  0, 0, EXECUTED,    LOST",
        "true,  0, 1, UNRESOLVED,  LOST_IN_DOUBT",
        "true,  2, 0, EXECUTED,    DOUBLED",
        "true,  5, 1, IN_DOUBT,    DOUBLED",
        "false, 0, 0, ROLLED_BACK, ROLLED_BACK",
        "false, 0, 1, ROLLED_BACK, ROLLED_BACK_IN_DOUBT",
        "false, 1, 1, ROLLED_BACK, ROLLED_BACK_BUT_SENT",
        "false, 2, 1, ROLLED_BACK, ROLLED_BACK_BUT_DOUBLED",
    })
    void whatBecameOfATransferFollowsFromMailsLedgerAndRecord(
            boolean committed, int mails, int inDoubt, Belief belief, Verdict verdict) {
        List<Mail> arrived = IntStream.range(0, mails)
                .mapToObj(copy -> new Mail("<" + copy + ">", "a@example.com", "s", "t-1"))
                .toList();
        Lane.Books books = new Lane.Books(committed ? Set.of("t-1") : Set.of(), inDoubt);

        assertThat(Verdict.of(Count.of(1, books, arrived), belief)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "waiting, WAITING, true",
        "handling, WAITING, true",
        "in-doubt, IN_DOUBT, true",
        "unresolved, UNRESOLVED, true",
        "executed, EXECUTED, false",
        "rejected, REJECTED, false",
        "never, NEVER, false"
    })
    void theServicesWordIsARecord(String word, Belief belief, boolean open) {
        assertThat(Belief.of(word)).isEqualTo(belief);
        assertThat(belief.isOpen()).isEqualTo(open);
    }
}
