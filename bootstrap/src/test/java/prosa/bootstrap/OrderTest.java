package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

/** An operator and a pupil, each with a browser: by pointer and by keyboard. */
class OrderTest extends PageTest {
    @ParameterizedTest
    @CsvSource({
        "en-US, Olga has muted Eva until, has muted you until, has put you out, Olga has closed the room, not the room's key",
        "pt-BR, Olga silenciou Eva até, silenciou você até, retirou você da sala, Olga fechou a sala, não é a chave"
    })
    void oneMutesPutsOutAndClosesByPointer(
            String language, String muted, String youAreMuted, String out, String closed, String wrong)
            throws IOException {
        Tab eva = join(visit.tab(language).open(prosa.url("/")), "Eva");
        Tab olga = operator(join(visit.tab(language).open(prosa.url("/")), "Olga"));
        measure(olga, "Eva", 1);
        eva.awaitText(".notice.acted", muted).awaitText("#composer-hint", youAreMuted);
        say(eva, "but").awaitVisible(".own[data-state=failed]");
        olga.awaitText(".notice.acted", muted);
        measure(olga, "Eva", 3);
        eva.awaitVisible("#composer[data-hushed=false]");
        say(eva, "thanks").awaitVisible(".own[data-state=sent]");
        assertFalse(eva.text("#composer-hint").contains(youAreMuted));

        measure(olga, "Eva", 4);
        eva.awaitText("#status[data-state=expelled]", out);
        olga.await("document.activeElement.id === 'people-title'");
        eva.reload();
        eva.awaitText("#status[data-state=expelled]", out);
        olga.await("!document.getElementById('people').textContent.includes('Eva')");

        olga.click("#room-menu summary").click("[data-act=close]").awaitVisible("#shown-key");
        String key = olga.evaluate("document.getElementById('shown-key').value").asString();
        assertTrue(key.startsWith("prosa_room_"), key);
        olga.click("#answer form button").await("!document.getElementById('shown-key')");
        olga.awaitText(".notice.acted", closed).await("document.activeElement.matches('#room-menu summary')");

        eva.click("#retry").awaitVisible("#key").await("document.activeElement.id === 'key'");
        eva.type("guessed").press(Key.ENTER).awaitText("#key-error", wrong);
        eva.type(key).press(Key.ENTER);
        awaitOnline(eva).await("document.activeElement.id === 'text'");
        olga.awaitText("#people", "Eva");
        for (Tab tab : new Tab[] {eva, olga}) {
            assertFalse(stored(tab).contains("prosa_"), stored(tab));
        }
    }

    @Test
    void allOfItIsWrittenAsWell() throws IOException {
        Tab rui = join(visit.tab().open(prosa.url("/")), "Rui Costa");
        Tab olga = operator(joined("Olga"));
        say(olga, "/mute Rui Costa 10m").awaitText(".notice.acted", "has muted Rui Costa until");
        say(olga, "/unmute \"Rui Costa\"").awaitText(".notice.acted", "lets Rui Costa speak again");
        say(olga, "/quiet").awaitText(".notice.acted", "only operators speak now");
        rui.awaitText("#composer-hint", "asked for silence");
        say(olga, "order").awaitVisible(".own[data-state=sent]");
        say(olga, "/unquiet").awaitText(".notice.acted", "lets all speak again");
        rui.await("!document.getElementById('composer-hint').textContent.includes('silence')");
        say(olga, "/ban @203.0.113.7 7d").awaitText(".notice.acted", "has banned an address until");
        say(olga, "/bans").awaitText("#answer li", "@203.0.113.7");
        olga.click("#answer li button").awaitText("#answer", "Nobody is banned");
        olga.press(Key.ESCAPE).await("document.activeElement.id === 'text'");
        say(olga, "/acts").awaitText("#answer li:nth-child(1)", "lifted the ban on an address");
        olga.awaitText("#answer li:last-child", "has muted Rui Costa");
        olga.press(Key.ESCAPE);
        say(olga, "/help").awaitText(".notice.help", "/mute NAME [TIME]");
        say(olga, "/kick Rui Costa");
        rui.awaitVisible("#status[data-state=expelled]").click("#retry");
        awaitOnline(rui);
        say(rui, "/help").awaitText(".notice.help", "/op TOKEN");
        assertFalse(rui.text(".notice.help").contains("/mute"));
        say(rui, "/mute Olga").awaitText(".notice.refused", "only an operator");
    }

    @Test
    void menusNeedNoMouse() throws IOException {
        Tab eva = joined("Eva");
        Tab olga = operator(joined("Olga"));
        focus(olga, "#people .menu summary");
        olga.press(Key.ENTER).press(Key.TAB).press(Key.ESCAPE);
        olga.await("document.activeElement.matches('#people .menu:not([open]) summary')");
        olga.press(Key.ENTER).press(Key.TAB).press(Key.ENTER);
        eva.awaitText("#composer-hint", "has muted you until");
        olga.await("document.activeElement.matches('#people .menu:not([open]) summary')");
        focus(olga, "#room-menu summary");
        olga.press(Key.SPACE)
                .press(Key.TAB)
                .press(Key.TAB)
                .press(Key.TAB)
                .press(Key.TAB)
                .press(Key.TAB);
        olga.press(Key.ENTER).awaitText("#answer", "Nobody is banned");
        olga.press(Key.ESCAPE).await("document.activeElement.matches('#room-menu:not([open]) summary')");
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, Keep order: message of \u2068Eva\u2069, Remove this message, Olga removed a message of Eva, removed all messages",
        "pt-BR, Manter a ordem: mensagem de \u2068Eva\u2069, Remover esta mensagem, Olga removeu uma mensagem de Eva, removeu todas as"
    })
    void aMessageIsRemovedByPointerAndTheRoomIsClearedByItsCommand(
            String language, String menu, String remove, String removed, String cleared) throws IOException {
        Tab eva = join(visit.tab(language).open(prosa.url("/")), "Eva");
        Tab olga = operator(join(visit.tab(language).open(prosa.url("/")), "Olga"));
        say(eva, "one").awaitVisible(".own[data-state=sent]");
        say(eva, "two");
        eva.await("document.querySelectorAll('.own[data-state=sent]').length === 2");
        olga.awaitText(".message summary", menu);
        olga.await("document.querySelectorAll('.message summary').length === 2");
        olga.click(".message summary").awaitText(".message .menu[open] button", remove);
        olga.click(".message .menu[open] button").awaitText("#items", removed);
        eva.awaitText("#items", removed);
        assertEquals(List.of("two"), eva.texts(".message .text"));
        assertEquals(List.of(), eva.texts(".message summary"));
        olga.await("document.activeElement.id === 'conversation'");
        say(olga, "/clear").awaitText("#items", cleared);
        eva.awaitText("#items", cleared);
        assertEquals(List.of(), eva.texts(".message .text"));
    }

    @Test
    void messagesAreRemovedWithoutAMouseToo() throws IOException {
        Tab eva = joined("Eva");
        Tab olga = operator(joined("Olga"));
        for (String text : List.of("one", "two", "three")) {
            say(eva, text);
            olga.awaitText("#items", text);
        }
        focus(olga, "#conversation");
        olga.press(Key.TAB).press(Key.UP).press(Key.ENTER).press(Key.TAB).press(Key.ENTER);
        eva.awaitText("#items", "Olga removed a message of Eva");
        assertEquals(List.of("one", "three"), eva.texts(".message .text"));
        olga.click("#room-menu summary").click("[data-act=clear]");
        eva.awaitText("#items", "Olga removed all messages");
        assertEquals(List.of(), eva.texts(".message .text"));
    }

    @Test
    void whoIsBannedIsToldUntilWhen() throws IOException {
        Tab eva = joined("Eva");
        Tab olga = operator(joined("Olga"));
        measure(olga, "Eva", 5);
        eva.awaitText("#status[data-state=expelled]", "has banned you until").click("#retry");
        eva.awaitText("#name-error", "banned you until");
    }

    @Test
    void anOperatorStaysOneWhenTheConnectionIsLostAndNotWhenTheyLeave() throws Exception {
        Tab olga = operator(joined("Olga"));
        prosa.restart(() -> olga.awaitVisible("#status[data-state=offline]"));
        awaitOnline(olga);
        say(olga, "/quiet").awaitText(".notice.acted", "only operators speak now");
        olga.click("#leave").awaitVisible("#name");
        join(olga, "Eva").await("document.getElementById('room-menu').hidden");
        say(olga, "/unquiet").awaitText(".notice.refused", "only an operator");
        forgiveLostConnections(olga);
    }

    @Test
    void aSecretThatIsTypedIsKeptNowhere() {
        Tab eva = joined("Eva");
        eva.type("/op guessed-it");
        assertKeepsNothing(eva);
        eva.press(Key.ENTER).awaitText(".notice.refused", "only an operator");
        // What was refused can be mended, and is the command without what nobody should read.
        eva.await("document.getElementById('text').value === '/op '");
        assertKeepsNothing(eva);
        eva.evaluate("document.getElementById('text').select()");
        eva.type(" /KEY den guessed-it");
        assertKeepsNothing(eva);
        eva.press(Key.ENTER).awaitText("#room-name", "#den");
        assertKeepsNothing(eva);
    }

    @Test
    void aClosedRoomIsOpenedByItsKeyFromAnotherOne() throws IOException {
        Tab olga = operator(joined("Olga"));
        say(olga, "/join den").awaitText("#room-name", "#den");
        say(olga, "/close").awaitVisible("#shown-key");
        String key = olga.evaluate("document.getElementById('shown-key').value").asString();
        olga.press(Key.ESCAPE);
        Tab eva = joined("Eva");
        say(eva, "/join den").awaitText(".notice.refused", "opens to its key");
        eva.await("document.getElementById('text').value === '/key den '");
        eva.type("guessed").press(Key.ENTER).awaitText(".notice.refused", "not the room's key");
        eva.await("document.getElementById('text').value === '/key den '");
        eva.type(key).press(Key.ENTER).awaitText("#room-name", "#den");
        assertFalse(stored(eva).contains(key), stored(eva));
        say(eva, "/join main").awaitText("#room-name", "#main");
        // Back is the way of the browser, and shows the key again.
        eva.evaluate("history.back()");
        eva.awaitText("#room-name", "#den");
    }

    @Test
    void theFeedAsksForTheKeyOfAClosedRoom() throws Exception {
        Tab olga = operator(joined("Olga"));
        Tab feed =
                visit.tab().open(prosa.url("/feed.html?room=main&room=den")).awaitVisible("#status[data-state=open]");
        say(olga, "/close").awaitVisible("#shown-key");
        String key = olga.evaluate("document.getElementById('shown-key').value").asString();
        feed.awaitText(".notice.acted", "has closed the room");
        feed.awaitText("#rooms-error", "The room main is closed").awaitVisible("#status[data-state=closed]");
        feed.awaitVisible("#key")
                .click("#key")
                .type("a guess")
                .press(Key.ENTER)
                .awaitText("#rooms-error", "not the room's key");
        feed.click("#key").type(key).press(Key.ENTER).awaitVisible("#status[data-state=open]");
        olga.click("#answer form button").await("!document.getElementById('shown-key')");
        say(olga, "among ourselves");
        feed.awaitText(".message .text", "among ourselves");
        assertTrue(feed.text("#url").endsWith("&ticket=…"));
        prosa.restart(() -> feed.awaitVisible("#status[data-state=reconnecting]"));
        feed.awaitVisible("#status[data-state=open]");
        say(awaitOnline(olga), "as before");
        feed.awaitText(".message .text", "as before");
        feed.complaints().removeIf(complaint -> complaint.contains("403"));
        forgiveLostConnections(feed);
        forgiveLostConnections(olga);
    }

    @Test
    void theFeedAsksForOneKeyAfterTheOther() throws IOException {
        Tab olga = operator(joined("Olga"));
        String main = close(olga);
        say(olga, "/join den").awaitText("#room-name", "den");
        String den = close(olga);
        Tab feed = visit.tab().open(prosa.url("/feed.html?room=main&room=den"));
        feed.awaitText("#key-label", "main").click("#key").type("não é").press(Key.ENTER);
        feed.awaitText("#key-label", "main").click("#key").type(main).press(Key.ENTER);
        feed.awaitText("#key-label", "den").click("#key").type(den).press(Key.ENTER);
        feed.awaitVisible("#status[data-state=open]");
        feed.complaints().removeIf(complaint -> complaint.contains("403"));
    }

    /** Closes the room that an operator is in; tells its key. */
    private static String close(Tab operator) {
        say(operator, "/close").awaitVisible("#shown-key");
        String key =
                operator.evaluate("document.getElementById('shown-key').value").asString();
        operator.click("#answer form button").await("!document.getElementById('shown-key')");
        return key;
    }

    @Test
    void whatIsRemovedIsGoneFromThePageAndStaysSo() throws Exception {
        Tab ana = joined("Ana");
        try (Lines olga = prosa.telnet("Olga")) {
            olga.send(
                    "/op " + Files.readString(folder.resolve("operator.token")).strip());
            olga.await("You are an operator now");
            String gone = prosa.post("Bia", "not for here");
            String kept = prosa.post("Bia", "this stays");
            ana.await("document.querySelectorAll('#items [data-id]').length === 2");
            olga.send("/remove " + gone);
            ana.awaitText("#items", "Olga removed a message of Bia");
            assertEquals(List.of(kept), shownIds(ana));
            olga.send("/clear");
            ana.awaitText("#items", "Olga removed all messages");
            assertEquals(List.of(), shownIds(ana));
            ana.reload();
            assertEquals(List.of(), shownIds(awaitOnline(ana)));
            assertFalse(ana.text("#items").contains("this stays"));
        }
    }

    private static void assertKeepsNothing(Tab tab) {
        assertFalse(stored(tab).contains("guessed-it"), stored(tab));
        assertFalse(tab.evaluate("location.href").asString().contains("guessed-it"));
    }

    /** Chooses in the menu at somebody, by pointer. */
    private static void measure(Tab tab, String name, int number) {
        tab.awaitText("#people", name).click("#people .menu summary");
        tab.click("#people .menu[open] li:nth-child(" + number + ") button");
    }

    private static void focus(Tab tab, String selector) {
        tab.awaitVisible(selector);
        tab.evaluate("document.querySelector(" + Tab.quoted(selector) + ").focus()");
    }

    private static String stored(Tab tab) {
        return tab.evaluate("JSON.stringify([sessionStorage, localStorage, history.state])")
                .asString();
    }
}
