package dev.nodoubt.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The user as whom a server runs. PostgreSQL refuses root, so root starts it in a user namespace where root is nobody,
 * or, where that is forbidden (as in most containers), as the user nobody, who then owns the data.
 *
 * @param prefix the words before a program's own
 * @param forks whether the program that changes the user stays, as the parent of the server
 * @param owner who owns the data, as a number; -1 when it stays with who made it
 */
record ServerAccount(String name, List<String> prefix, int owner, boolean forks) {

    /** As this JVM runs. */
    static final ServerAccount THIS_USER = new ServerAccount("this user", List.of(), -1, false);

    private static final int NOBODY = 65534;
    private static final String PROBE = "cd \"$1\" && test -w . && \"$2\" --version";

    /**
     * The first way that starts this program of PostgreSQL and may write into the data, which then belong to that user.
     *
     * @throws IllegalStateException when no way works; the message names each and what it answered
     */
    static ServerAccount choose(Path program, Path data) {
        if (Machine.uid() != 0) {
            return THIS_USER;
        }
        List<String> tried = new ArrayList<>();
        for (ServerAccount account : waysFromRoot()) {
            String answer = account.probe(program, data);
            if (answer.isEmpty()) {
                return account;
            }
            tried.add(account.name + ": " + answer);
        }
        throw new IllegalStateException("PostgreSQL does not run as root, and no way to start it as another user works"
                + " for " + data + "; tried\n  " + String.join("\n  ", tried)
                + "\nRun this program as a plain user, or install util-linux (setpriv).");
    }

    private static List<ServerAccount> waysFromRoot() {
        int nobody = nobody("-u");
        List<String> setpriv = List.of("setpriv", "--reuid=" + nobody, "--regid=" + nobody("-g"), "--clear-groups");
        // The last of setpriv's ways passes directories that are closed to others, such as /root or a private /tmp.
        return List.of(
                new ServerAccount("unshare -U", List.of("unshare", "-U"), 0, false),
                new ServerAccount("setpriv", setpriv, nobody, false),
                new ServerAccount("runuser", List.of("runuser", "-u", "nobody", "--"), nobody, true),
                new ServerAccount(
                        "su", List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", "nobody"), nobody, true),
                new ServerAccount("setpriv with dac_override", withDacOverride(setpriv), nobody, false));
    }

    private static List<String> withDacOverride(List<String> setpriv) {
        List<String> words = new ArrayList<>(setpriv);
        words.addAll(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
        return List.copyOf(words);
    }

    private static int nobody(String which) {
        Command.Result id = Command.of("id", which, "nobody").run();
        return id.succeeded() ? Integer.parseInt(id.output().strip()) : NOBODY;
    }

    /** Empty when this way works, else what it answered. */
    private String probe(Path program, Path data) {
        try {
            give(data);
        } catch (IOException e) {
            return "the data cannot be given to user " + owner + " (" + e + ")";
        }
        Command.Result result =
                new Command(command("sh", "-c", PROBE, "sh", data.toString(), program.toString())).run();
        return result.succeeded() ? "" : result.toString();
    }

    /** Makes a file or tree the server's own. */
    void give(Path path) throws IOException {
        if (owner >= 0 && !Files.getAttribute(path, "unix:uid").equals(owner)) {
            Trees.give(path, owner);
        }
    }

    /** A program's command line, as this user. */
    List<String> command(String... words) {
        return command(List.of(words));
    }

    List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(words);
        return List.copyOf(command);
    }
}
