package dev.nodoubt.bench.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which versions are on the class path, as the jars themselves say. */
final class Libraries {

    private static final String UNKNOWN = "unknown";
    private static final ClassLoader CLASS_PATH = Objects.requireNonNull(Libraries.class.getClassLoader());

    /** Contenders' libraries, by title. */
    private static final Map<String, String> CONTENDERS = Map.of(
            "nodoubt", "dev.nodoubt:nodoubt",
            "gruelbox", "com.gruelbox:transactionoutbox-core",
            "db-scheduler", "com.github.kagkarlsson:db-scheduler",
            "jobrunr", "org.jobrunr:jobrunr",
            "modulith", "org.springframework.modulith:spring-modulith-events-core",
            "namastack", "io.namastack:namastack-outbox-core",
            "dbos", "dev.dbos:transact");

    /** What all of them use. */
    private static final List<String> SHARED =
            List.of("org.postgresql:postgresql", "com.zaxxer:HikariCP", "io.vertx:vertx-core");

    private Libraries() {}

    /** Of a contender's library; empty when it has none. */
    static String version(String title) {
        String library = CONTENDERS.get(title);
        return library == null ? "" : versionOf(library);
    }

    static Map<String, String> shared() {
        Map<String, String> versions = new LinkedHashMap<>();
        SHARED.forEach(library -> versions.put(library.substring(library.indexOf(':') + 1), versionOf(library)));
        return versions;
    }

    /** @param library group and artifact with a colon between */
    private static String versionOf(String library) {
        try (InputStream maven =
                CLASS_PATH.getResourceAsStream("META-INF/maven/" + library.replace(':', '/') + "/pom.properties")) {
            if (maven == null) {
                return inManifest(library.substring(library.indexOf(':') + 1));
            }
            Properties properties = new Properties();
            properties.load(maven);
            return properties.getProperty("version", UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** In the manifest, or else in the jar's name: some say nothing of themselves. */
    private static String inManifest(String artifact) throws IOException {
        Pattern jar = Pattern.compile(".*/" + Pattern.quote(artifact) + "-(\\d[^/]*)\\.jar!.*");
        for (URL url : Collections.list(CLASS_PATH.getResources("META-INF/MANIFEST.MF"))) {
            Matcher named = jar.matcher(url.getPath());
            if (named.matches()) {
                try (InputStream in = url.openStream()) {
                    Attributes attributes = new Manifest(in).getMainAttributes();
                    return Stream.of("Implementation-Version", "Bundle-Version")
                            .map(attributes::getValue)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(named.group(1));
                }
            }
        }
        return UNKNOWN;
    }
}
