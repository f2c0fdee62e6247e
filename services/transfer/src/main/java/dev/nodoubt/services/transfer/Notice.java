package dev.nodoubt.services.transfer;

import dev.nodoubt.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/** The mail that tells the owner of the receiving account, in Korean and English, as the mail service takes it. */
final class Notice {

    private static final String SUBJECT = "입금 알림 · Money received: %s";

    private static final String TEXT = """
            %2$s 님, 계좌 %3$s에 %1$s이(가) 입금되었습니다.
            보낸 분: %4$s (%5$s)
            메모: %6$s
            이체 번호: %7$d

            Dear %2$s, account %3$s received %1$s.
            From: %4$s (%5$s)
            Memo: %6$s
            Transfer: %7$d
            """;

    private Notice() {}

    static Payload payload(ObjectMapper json, Transfer transfer, Account from, Account to, String address) {
        TransferOrder order = transfer.order();
        Map<String, String> body = new LinkedHashMap<>();
        body.put("to", address);
        body.put("subject", SUBJECT.formatted(order.amount()));
        body.put(
                "text",
                TEXT.formatted(
                        order.amount(),
                        to.owner(),
                        to.id(),
                        from.owner(),
                        from.id(),
                        order.memo().isEmpty() ? "-" : order.memo(),
                        transfer.id()));
        body.put("transferId", String.valueOf(transfer.id()));
        return Payload.json(json.writeValueAsString(body));
    }
}
