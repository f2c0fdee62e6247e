package dev.nodoubt.test.conformance;

import dev.nodoubt.test.conformance.Arguments.Invalid;
import dev.nodoubt.test.conformance.FixedOperation.Counting;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes of arguments the setup that they describe. */
final class CommandLine {

    static final String HELP = """
            java -jar nodoubt-conformance.jar --receiver http://host:port/path [options]
            Asks a receiver, written in whatever language, whether it keeps the nodoubt protocol, version 1. The path
            is that of a gated POST operation; best is the test operation that docs/conformance.md describes. It
            writes to the receiver's database, and with hooks kills and cuts: never point it at production.

            Where and who
              --outcome PATH         outcome query (/nodoubt/outcome)
              --fence PATH           fence (/nodoubt/fence)
              --token T              bearer token of the caller that this program is
              --other-token T        bearer token of another tenant
              --quota-token T        bearer token of a tenant with a quota of at most 1000 rows and tombstones
              --ungateable PATH      a POST operation that streams or answers later

            An operation of its own, where the receiver has no test operation
              --body FILE            template of a valid body: {id} becomes a unique text, {note} a secret one
              --media-type TYPE      of the bodies (application/json)
              --invalid-body FILE    a body that validation refuses
              --effects PATH         GET answers how many effects {id} has, as a bare number
              --effects-command CMD  writes that number; the unique text is in $ID

            What it has
              --with F,…             multipart, canonical-json, break, refuse
              --without F,…          key-required, prefer-wait, foreign-keys, expires, incarnation, compression
              --body-limit BYTES     largest body that is gated (1048576)
              --reply-limit BYTES    largest reply that is kept (262144)
              --transaction-limit S  seconds after which its database ends a gated transaction
              --log FILE             its log, at its most talkative: no key or body may stand there

            Hooks: command lines for the shell, each done when it ends
              --kill CMD --restart CMD               SIGKILL; start again and wait until it serves
              --pause CMD --resume CMD               SIGSTOP, SIGCONT
              --cut-database CMD --mend-database CMD connections to its database cut and refused; as before
              --lose-commit-answer CMD               from now on COMMITs arrive, their answers do not (until mended)
              --drop-commit CMD                      from now on COMMITs do not arrive (until mended)
              --end-sessions CMD                     end its database sessions as an administrator
              --raise-horizon CMD                    raise the persisted horizon to ten days before now

            This run
              --only ID,…            these cases; fence.* for all that begin so
              --rounds N             how often each race is run, four keys at once (30)
              --patience S           seconds to wait for an answer (20)
              --out FILE             the result as JSON
              --list                 name the cases and what each expects
              --help                 this text

            Exit codes: 0 nothing failed, 1 a case failed or none passed, 2 wrong options or no receiver there.
            """;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private CommandLine() {}

    static Setup setup(Arguments arguments) throws Invalid {
        if (!arguments.has("--receiver")) {
            throw new Invalid(
                    "--receiver is needed, such as --receiver http://127.0.0.1:8080/orders; --help tells more");
        }
        try {
            Receiver receiver = Receiver.at(URI.create(arguments.text("--receiver", "")))
                    .asking(arguments.text("--outcome", Receiver.OUTCOME), arguments.text("--fence", Receiver.FENCE));
            Setup setup = new Setup(receiver, subject(arguments, receiver))
                    .token(arguments.text("--token", ""))
                    .otherToken(arguments.text("--other-token", ""))
                    .quotaToken(arguments.text("--quota-token", ""))
                    .ungateable(arguments.text("--ungateable", ""))
                    .hooks(hooks(arguments));
            if (arguments.has("--log")) {
                setup.log(arguments.path("--log"));
            }
            features(arguments, setup);
            limits(arguments, setup);
            return setup;
        } catch (IllegalArgumentException e) {
            throw new Invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Subject subject(Arguments arguments, Receiver receiver) throws Invalid {
        String token = arguments.text("--token", "");
        return arguments.has("--body")
                ? new FixedOperation(
                        arguments.content("--body"),
                        arguments.text("--media-type", "application/json"),
                        arguments.content("--invalid-body"),
                        counting(arguments, new Client(receiver, Duration.ofSeconds(20)), token))
                : new TestOperation(receiver, token);
    }

    private static Counting counting(Arguments arguments, Client client, String token) {
        if (arguments.has("--effects")) {
            String path = arguments.text("--effects", "");
            return mark -> {
                Response response = client.send(client.request("GET", path.replace("{id}", mark), token));
                response.require(response.status() == 200, "expected 200 from --effects");
                return count(new String(response.body(), StandardCharsets.UTF_8));
            };
        }
        if (arguments.has("--effects-command")) {
            ShellCommand command = new ShellCommand(arguments.text("--effects-command", ""));
            return mark -> count(command.run(Map.of("ID", mark)));
        }
        return Counting.NONE;
    }

    private static long count(String text) {
        Violation.unless(
                NUMBER.matcher(text.strip()).matches(),
                "the count of effects must be a bare number, was: " + text.strip());
        return Long.parseLong(text.strip());
    }

    private static Hooks hooks(Arguments arguments) {
        Map<Hook, ShellCommand> commands = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            arguments.text(hook.option()).map(ShellCommand::new).ifPresent(command -> commands.put(hook, command));
        }
        return new CommandHooks(commands);
    }

    private static void features(Arguments arguments, Setup setup) throws Invalid {
        for (String word : arguments.words("--with")) {
            setup.with(feature("--with", word));
        }
        for (String word : arguments.words("--without")) {
            setup.without(feature("--without", word));
        }
    }

    private static Feature feature(String option, String word) throws Invalid {
        return Feature.of(word).orElseThrow(() -> new Invalid(option + ": there is no feature " + word));
    }

    private static void limits(Arguments arguments, Setup setup) throws Invalid {
        if (arguments.has("--body-limit")) {
            setup.bodyLimit(arguments.number("--body-limit", 1024, 16 * 1024 * 1024));
        }
        if (arguments.has("--reply-limit")) {
            setup.replyLimit(arguments.number("--reply-limit", 1024, 16 * 1024 * 1024));
        }
        if (arguments.has("--transaction-limit")) {
            setup.transactionLimit(Duration.ofSeconds(arguments.number("--transaction-limit", 1, 86_400)));
        }
        if (arguments.has("--patience")) {
            setup.patience(Duration.ofSeconds(arguments.number("--patience", 1, 600)));
        }
        if (arguments.has("--rounds")) {
            setup.rounds(arguments.number("--rounds", 1, 100_000));
        }
    }

    /** The cases that {@code --only} names; all of them without it. */
    static List<String> cases(Arguments arguments) throws Invalid {
        if (!arguments.has("--only")) {
            return Suite.ids();
        }
        List<String> patterns = arguments.words("--only");
        for (String pattern : patterns) {
            if (Suite.ids().stream().noneMatch(id -> matches(pattern, id))) {
                throw new Invalid("--only: there is no case " + pattern + "; --list names them");
            }
        }
        return Suite.ids().stream()
                .filter(id -> patterns.stream().anyMatch(pattern -> matches(pattern, id)))
                .toList();
    }

    private static boolean matches(String pattern, String id) {
        return pattern.endsWith("*") ? id.startsWith(pattern.substring(0, pattern.length() - 1)) : id.equals(pattern);
    }
}
