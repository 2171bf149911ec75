package prosa.doctor.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import prosa.lab.client.JsonLine;

/**
 * What Prosa says of an Origin or a Host that it refuses: the option that would let it in names it.
 *
 * @param named empty if it named none
 */
record PageOrigin(Optional<String> named) {
    private static final Pattern OPTION = Pattern.compile("--allow-origin (\\S+)");
    private static final String CROSS_SITE = "cross-site";

    /** Empty if the answer is no such refusal. */
    static Optional<PageOrigin> refused(Exchange.Answer answer) {
        if (!reason(answer).equals(CROSS_SITE)) {
            return Optional.empty();
        }
        Matcher option = OPTION.matcher(answer.body());
        return Optional.of(new PageOrigin(option.find() ? Optional.of(option.group(1)) : Optional.empty()));
    }

    /** The reason for which Prosa refuses; empty if it does not, or another answers. */
    static String reason(Exchange.Answer answer) {
        try {
            return JsonLine.parse(answer.body().getBytes(StandardCharsets.UTF_8))
                    .reason();
        } catch (IOException e) {
            return "";
        }
    }
}
