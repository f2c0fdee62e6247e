package dev.nodoubt.demo;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The project's tree, found from where this program's jar lies.
 *
 * @param root the project's directory
 * @param jar of the demo
 */
record Home(Path root, Path jar) {

    static Home find() throws Failure {
        CodeSource source = Home.class.getProtectionDomain().getCodeSource();
        try {
            Path jar =
                    source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            Path target = jar.getParent();
            if (target == null || !jar.getFileName().toString().endsWith(".jar")) {
                throw new Failure(
                        "not run from the built jar but from " + jar
                                + "; start the demo by ./demo.sh, its tests of whole services by mvn verify: both build the jar first");
            }
            return new Home(target.resolve("../..").normalize(), jar);
        } catch (URISyntaxException e) {
            throw new Failure("the project's directory has a name that cannot be a path: " + e.getMessage(), e);
        }
    }

    /** The executable jar of the exchange. */
    Path exchange() throws Failure {
        Path jar = root.resolve("services/exchange/target/nodoubt-exchange.jar");
        if (!Files.exists(jar)) {
            throw new Failure("the exchange is not built: no " + jar + "; run mvn clean package");
        }
        return jar;
    }

    /** The executable jar of a service. */
    Path service(String name) throws Failure {
        Path target = root.resolve("services").resolve(name).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars = files.filter(file -> {
                        String jar = file.getFileName().toString();
                        return jar.startsWith(name + "-service-") && jar.endsWith(".jar");
                    })
                    .toList();
            if (jars.size() == 1) {
                return jars.get(0);
            }
            throw new Failure("one jar " + name + "-service-….jar must lie in " + target + ", found " + jars.size()
                    + "; run mvn clean package there");
        } catch (IOException e) {
            throw new Failure(
                    "the " + name + " service is not built (" + e
                            + "); start the demo by ./demo.sh, its tests of whole services by mvn verify",
                    e);
        }
    }
}
