package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

/** What stands in the field is there until it is sent. */
class DraftTest extends PageTest {
    private static final String DRAFT = "a long text\nthat is not sent yet";

    @Test
    void aDraftOutlivesAReloadTheLinksAndLeaving() {
        Tab ana = joined("Ana").type(DRAFT);
        ana.reload();
        awaitField(awaitOnline(ana), DRAFT);
        ana.click("#feed-link").awaitVisible("#status[data-state=open]").click("nav [data-words='page.chat']");
        awaitField(awaitOnline(ana), DRAFT);
        ana.click("#leave").awaitVisible("#name");
        awaitField(ana, "").click("#join");
        awaitField(awaitOnline(ana), DRAFT);
    }

    @Test
    void whatWasSentIsNoDraft() {
        Tab ana = say(joined("Ana"), "said").awaitVisible(".own[data-state=sent]");
        ana.reload();
        awaitField(awaitOnline(ana).awaitText(".own .text", "said"), "");
    }

    @Test
    void eachRoomHasItsOwnAndNoOtherTabSeesAny() {
        Tab ana = joined("Ana");
        say(ana, "/join lab").awaitText("#room-name", "#lab");
        awaitField(ana, "").type("for the lab");
        ana.evaluate("history.back()");
        awaitField(ana.awaitText("#room-name", "#main"), "").type("for main");
        ana.evaluate("history.forward()");
        awaitField(ana.awaitText("#room-name", "#lab"), "for the lab");
        Tab other = join(visit.tab().open(prosa.url("/?room=lab")), "Bia");
        awaitField(other, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/hosts is wrong, and here is a long reason why", "/msg Bia", "/nick no\u00ady", "/join Café"
            })
    void whatIsRefusedStaysWhereItCanBeMended(String written) {
        Tab ana = say(joined("Ana"), written);
        ana.awaitVisible(":is(.notice.unknown, .notice.incomplete, .notice.refused)");
        awaitField(ana, written);
        ana.reload();
        awaitField(awaitOnline(ana), written);
    }

    @Test
    void whatIsPreparedAsAWhisperKeepsItsText() {
        Tab bia = joined("Bia");
        Tab ana = joined("Ana");
        ana.type("/etc/hosts is wrong").click("#people button.person");
        awaitField(ana, "/msg Bia /etc/hosts is wrong").press(Key.ENTER);
        bia.awaitText(".message.private .text", "/etc/hosts is wrong");
    }

    @Test
    void aSecretWithABlankBeforeItIsToldToOneAlone() throws Exception {
        try (Lines caio = prosa.telnet("Caio")) {
            Tab bia = joined("Bia");
            Tab ana = joined("Ana").awaitText("#people", "Bia");
            ana.type(" /msg Bia ").awaitText("#composer-hint", "will see this");
            ana.type("secret").press(Key.ENTER);
            bia.awaitText(".message.private .text", "secret");
            say(ana, " /etc/hosts is wrong");
            // Only blanks before a command that there is are left out of account.
            assertEquals("Ana:  /etc/hosts is wrong", caio.await("Ana: ").getLast());
        }
    }

    @Test
    void whoClosesTheTabIsAskedWhileSomethingIsOnItsWayAndOnlyThen() throws Exception {
        Tab ana = joined("Ana");
        prosa.restart(() -> {
            ana.awaitVisible("#status[data-state=offline]");
            say(ana, "into the dark").awaitVisible(".own[data-state=sending]");
            ana.evaluate("void setTimeout(() => location.assign('/feed.html'))");
            assertEquals("beforeunload", ana.denyDialog());
            ana.awaitVisible(".own[data-state=sending]");
        });
        ana.awaitVisible(".own[data-state=sent]").click("#text").type(DRAFT);
        // Nothing is asked: the browser has nothing to complain of.
        ana.open(prosa.url("/feed.html")).awaitVisible("#rooms");
        forgiveLostConnections(ana);
    }

    private static Tab awaitField(Tab tab, String text) {
        return tab.await("document.getElementById('text').value === " + Tab.quoted(text));
    }
}
