package prosa.bootstrap.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.manual.Manual.Item;
import prosa.bootstrap.manual.Manual.Paragraph;
import prosa.bootstrap.manual.Manual.Section;
import prosa.bootstrap.manual.Manual.Typed;

class RoffTest {
    @Test
    void nothingThatIsSaidIsTakenForAMacro() {
        Manual manual = new Manual(
                "prosa",
                "1",
                List.of(new Section(
                        "A \"B\"",
                        List.of(
                                new Paragraph(".so /etc/passwd is \\fBno\\fR command"),
                                new Item("--a=B", List.of("'tis é ~", "x".repeat(77) + " .y")),
                                new Typed(List.of("./prosa | man"))))));
        assertEquals("""
                .TH PROSA 1 "" "prosa 1"
                .SH "A \\(dqB\\(dq"
                \\&.so /etc/passwd is \\efBno\\efR command
                .TP
                \\fB\\-\\-a=B\\fR
                \\(aqtis \\[u00E9] \\(ti
                .IP
                %s
                \\&.y
                .nf
                \\&./prosa | man
                .fi
                """.formatted("x".repeat(77)), Roff.of(manual));
    }
}
