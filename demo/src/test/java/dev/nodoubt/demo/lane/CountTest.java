package dev.nodoubt.demo.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.mailbox.Mail;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountTest {

    @Test
    void oneMailForEachCommittedTransferIsFlawless() {
        Count count = count(2, Set.of("a", "b"), mail("m1", "a"), mail("m2", "b"));

        assertThat(count.mails()).isEqualTo(new Count.Mails(2, 0, 0, 0, 0));
        assertThat(count.flawless()).isTrue();
    }

    @Test
    void aCommittedTransferWithoutAMailIsLost() {
        Count count = count(2, Set.of("a", "b"), mail("m1", "a"));

        assertThat(count.mails()).isEqualTo(new Count.Mails(1, 1, 0, 0, 0));
        assertThat(count.flawless()).isFalse();
    }

    @Test
    void aTransferWithThreeDifferentMailsIsDoubledOnce() {
        Count count = count(1, Set.of("a"), mail("m1", "a"), mail("m2", "a"), mail("m3", "a"));

        assertThat(count.mails()).isEqualTo(new Count.Mails(3, 0, 1, 0, 0));
        assertThat(count.flawless()).isFalse();
    }

    @Test
    void copiesOfOneMessageIdStandApart() {
        Count count = count(1, Set.of("a"), mail("m1", "a"), mail("m1", "a"), mail("m1", "a"));

        assertThat(count.mails()).isEqualTo(new Count.Mails(3, 0, 0, 0, 2));
        assertThat(count.flawless()).isTrue();
    }

    @Test
    void aMailWithoutMessageIdCountsForItself() {
        Count count = count(1, Set.of("a"), mail("", "a"), mail("", "a"));

        assertThat(count.mails()).isEqualTo(new Count.Mails(2, 0, 1, 0, 0));
    }

    @Test
    void aMailForATransferThatRolledBackIsSentInVain() {
        Count count = count(3, Set.of("a"), mail("m1", "a"), mail("m2", "b"), mail("m3", "b"));

        assertThat(count.rolledBack()).isEqualTo(2);
        assertThat(count.mails()).isEqualTo(new Count.Mails(3, 0, 1, 1, 0));
    }

    @Test
    void aDoubtAloneIsAFlaw() {
        Count count = Count.of(1, new Lane.Books(Set.of("a"), 1), List.of(mail("m1", "a")));

        assertThat(count.flawless()).isFalse();
    }

    private static Count count(int transfers, Set<String> committed, Mail... mails) {
        return Count.of(transfers, new Lane.Books(committed, 0), List.of(mails));
    }

    private static Mail mail(String messageId, String transferId) {
        return new Mail(messageId, "a@example.com", "s", transferId);
    }
}
