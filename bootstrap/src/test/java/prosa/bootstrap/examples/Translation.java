package prosa.bootstrap.examples;

import java.util.regex.Pattern;
import prosa.test.wire.client.Place;

/** A document says 8080, 2323 and an epoch of its own; a Prosa on free ports has others. */
final class Translation {
    /** Milliseconds of our days, before an offset. */
    private static final Pattern EPOCH = Pattern.compile("\\b\\d{13}(?=-\\d)");

    private final int http;
    private final int tcp;
    private final String epoch;

    Translation(Place place, String position) {
        this.http = place.http().getPort();
        this.tcp = place.tcp().getPort();
        this.epoch = position.substring(0, position.indexOf('-'));
    }

    /** What a document shows, as this Prosa would say it. */
    String toThisProsa(String text) {
        String local = text.replaceAll("\\blocalhost([: ])8080\\b", "localhost$1" + http)
                .replaceAll("\\blocalhost([: ])2323\\b", "localhost$1" + tcp);
        return EPOCH.matcher(local).replaceAll(epoch);
    }
}
