package dev.nodoubt.demo;

/** What {@code --help} shows. */
final class Help {

    static final String TEXT = """
            ./demo.sh [options]
            Sends a mail for each of 1,000 money transfers over a network that loses answers, in four ways,
            and counts what arrived. Everything runs on this machine, as processes of its own, on loopback.

              --port-base N       first of the ports, 1024 to 65400 (8080): transfer N, mail N+1, mailbox page N+4,
                                  showcase N+5, SMTP N+25, PostgreSQL N+32 and N+33
              --transfers COUNT   how many of the shipped transfers, 1 to 100000 (1000); beyond 1000 they repeat
              --transfers FILE    a CSV file of yours with the columns from,to,amount,memo (UTF-8)
              --lanes LIST        which ways, separated by commas: naive, separate, retry, nodoubt (these four), and
                                  flag-resend, flag, log-resend, log: a mail service that only sets a flag, or writes
                                  a log, with a caller that sends again and with one that does not; and
                                  orders-resend, orders: stock orders to an exchange that is not ours
              --capability C      what that exchange offers: key, query, net-cancel or none (key)
              --seed N            which attempt meets which fault (20261123)
              --data DIR          keep databases and logs there (else a temporary directory, removed at the end)
              --out DIR           where report.json and report.html go (out in the project)
              --lang en|ko        language of what is shown (ko where the locale is Korean, else en)
              --lab               a page on port N+5 where you choose a fault, send single transfers and watch what
                                  becomes of them in naive, retry, flag-resend, flag and nodoubt, or in the --lanes
                                  that you name (no orders); it ends with Ctrl-C, and takes
                                  no --transfers, --seed, --capability, --out or --headless
              --headless          end after the report; exit code 0 only if the nodoubt lane lost, doubled and
                                  left in doubt nothing, and flag, log and orders doubled nothing (assumed where standard
                                  output is no terminal)
              --help              this text

            Exit codes: 0 done, 1 failed or a promise broken, 2 wrong options or input.
            """;

    private Help() {}

    /** The start scripts run this file alone, before anything is compiled. */
    public static void main(String[] args) {
        System.out.print(TEXT);
    }
}
