package prosa.doctor;

import java.net.URI;
import prosa.doctor.check.Patience;
import prosa.lab.tls.Trust;
import prosa.language.Language;

/**
 * What is to be looked at, and how it is told.
 *
 * @param url of {@code http} or {@code https}, with a host
 * @param json whether for programs
 */
record DoctorOptions(URI url, Trust trust, Patience patience, boolean json, Language language) {
    /** What a command line comes to. */
    sealed interface Parsed {
        record Run(DoctorOptions options) implements Parsed {}

        /** Help was asked for. */
        record Print(String text) implements Parsed {}

        /** An option makes no sense: {@code line} names it. */
        record Bad(String line) implements Parsed {}
    }
}
