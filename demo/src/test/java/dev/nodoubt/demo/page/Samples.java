package dev.nodoubt.demo.page;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane.Promise;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import java.io.IOException;
import java.io.StringReader;
import java.time.ZonedDateTime;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A run whose figures are all different, and a reader of its pictures. */
final class Samples {

    private Samples() {}

    static LaneResult naive(String name) {
        LaneRun run = new LaneRun(List.of(18_200_000L, 523_400_000L), 0.5, 16.2);
        return new LaneResult(
                name,
                new Count(1000, 263, new Count.Mails(1013, 41, 31, 239, 7), 228),
                run,
                Promise.NOTHING,
                List.of());
    }

    static LaneResult nodoubt() {
        LaneRun run = new LaneRun(List.of(9_700_000L, 48_300_000L), 0.25, 17.4);
        return new LaneResult(
                "nodoubt", new Count(1000, 0, new Count.Mails(1000, 0, 0, 0, 0), 0), run, Promise.ONCE, List.of());
    }

    static Findings findings(String firstLane, String verdict, boolean kept) {
        ZonedDateTime at = ZonedDateTime.parse("2026-11-23T02:10:59+09:00[Asia/Seoul]");
        return new Findings(at, 20261123, List.of(naive(firstLane), nodoubt()), 1834, kept, verdict);
    }

    static Document xml(String text) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
