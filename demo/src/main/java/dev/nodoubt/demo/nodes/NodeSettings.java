package dev.nodoubt.demo.nodes;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * What a node's process is started with. It stands in a file, because it holds the database's password.
 *
 * @param name of the node
 * @param database address, with user and password
 * @param receiver port of the called system on loopback
 * @param targets which it knows; the receiver is behind each of them
 * @param skew how far this process' clock is ahead
 * @param lease of its relay; timeouts and scans follow from it
 * @param pause between the purchases that it makes
 */
record NodeSettings(
        String name,
        String database,
        int receiver,
        List<String> targets,
        Duration skew,
        Duration lease,
        Duration pause) {

    NodeSettings {
        targets = List.copyOf(targets);
    }

    static NodeSettings read(Path file) throws IOException {
        Properties p = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            p.load(reader);
        }
        return new NodeSettings(
                p.getProperty("name"),
                p.getProperty("database"),
                Integer.parseInt(p.getProperty("receiver")),
                List.of(p.getProperty("targets").split(",")),
                Duration.parse(p.getProperty("skew")),
                Duration.parse(p.getProperty("lease")),
                Duration.parse(p.getProperty("pause")));
    }

    Path write(Path directory) throws IOException {
        Properties p = new Properties();
        p.setProperty("name", name);
        p.setProperty("database", database);
        p.setProperty("receiver", Integer.toString(receiver));
        p.setProperty("targets", String.join(",", targets));
        p.setProperty("skew", skew.toString());
        p.setProperty("lease", lease.toString());
        p.setProperty("pause", pause.toString());
        Path file = directory.resolve(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            p.store(writer, null);
        }
        return file;
    }
}
