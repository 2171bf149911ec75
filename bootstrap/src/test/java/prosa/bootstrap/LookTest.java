package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

/**
 * How the pages look, wide and on a phone, by day and by night and in both languages: pictures for people in {@code
 * target/screenshots}. What can be told without eyes is tested: that nothing sticks out of the window.
 */
class LookTest extends PageTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @ParameterizedTest
    @CsvSource({"wide, en-US", "wide, pt-BR", "narrow, en-US", "narrow, pt-BR"})
    void nothingSticksOut(String size, String language) throws Exception {
        Tab voltage =
                resized(visit.tab(language), size).open(prosa.url("/tutorial/sse.html?port=" + prosa.port("sse")));
        Tab tab = resized(visit.tab(language), size);
        String name = size + "-" + language.substring(0, 2);
        tab.open(prosa.url("/")).awaitVisible("#name").awaitVisible("#status[data-state=ready]");
        look(tab, "entrance-" + name);
        try (Lines bia = prosa.telnet("Bia");
                Lines dina = prosa.telnet("Дина")) {
            knock(tab, "Bia").await("document.getElementById('name-error').textContent !== ''");
            look(tab, "refused-" + name);
            awaitOnline(knock(tab, "Ana"));
            look(tab, "empty-" + name);
            talk(tab, bia, dina);
            look(tab, "room-" + name);
            if (size.equals("narrow")) {
                tab.click("#people-toggle").awaitVisible("#people");
                look(tab, "people-" + name);
            }
        }
        tab.open(prosa.url("/feed.html")).awaitText(".message .text", "Weigh anchor");
        look(tab, "feed-" + name);
        tab.open(prosa.url("/lab/")).awaitVisible("[data-wire=tcp] [data-name=arrived][data-count='1']");
        look(tab, "lab-" + name);
        tab.open(prosa.url("/tutorial/"));
        look(tab, "tutorial-" + name);
        tab.open(prosa.url("/tutorial/websocket.html")).awaitText("#log", "Msg from server");
        look(tab, "websocket-" + name);
        look(voltage.awaitVisible("#history li"), "sse-" + name);
    }

    @ParameterizedTest
    @CsvSource({"wide, en-US", "wide, pt-BR", "narrow, en-US", "narrow, pt-BR"})
    void nothingOfKeepingOrderSticksOut(String size, String language) throws Exception {
        String name = size + "-" + language.substring(0, 2);
        Tab eva = awaitOnline(knock(resized(visit.tab(language), size).open(prosa.url("/")), "Eva"));
        Tab olga = operator(awaitOnline(knock(resized(visit.tab(language), size).open(prosa.url("/")), "Olga")));
        say(eva, "ok");
        say(
                eva,
                "And a text that is as wide as a message of this room may be, and needs a second line even so, for certain.");
        say(olga, "Order, please");
        olga.await("document.querySelectorAll('.message summary').length === 3");
        look(olga.click(".message summary").awaitVisible(".message .measures"), "order-message-" + name);
        olga.press(Key.ESCAPE);
        if (size.equals("narrow")) {
            olga.click("#people-toggle");
        }
        olga.click("#people .menu summary").awaitVisible("#people .measures");
        look(olga, "order-person-" + name);
        olga.click("#people .measures button");
        look(eva.awaitVisible("[data-hushed=true]"), "order-muted-" + name);
        say(olga, "/help").awaitVisible(".notice.help");
        look(olga.click("#room-menu summary").awaitVisible("#room-menu .measures"), "order-room-" + name);
        look(olga.click("[data-act=close]").awaitVisible("#shown-key"), "order-key-" + name);
        olga.click("#answer form button").await("!document.getElementById('answer').open");
        say(olga, "/ban @2001:db8:1234:5678:9abc:def0:1234:5678 7d");
        olga.await("document.querySelectorAll('.notice.acted').length === 3");
        say(olga, "/bans");
        look(olga.awaitVisible("#answer .list"), "order-bans-" + name);
        olga.press(Key.ESCAPE);
        say(olga, "/acts");
        look(olga.awaitVisible("#answer time"), "order-acts-" + name);
        olga.press(Key.ESCAPE);
        if (size.equals("narrow")) {
            olga.resize(320, 480, true).click("#room-menu summary").awaitVisible("#room-menu .measures");
            look(olga, "order-small-" + name);
            olga.await("document.querySelector('#room-menu .measures').getBoundingClientRect().left >= 0");
            olga.press(Key.ESCAPE);
        }
        say(olga, "/kick Eva");
        look(eva.awaitVisible("[data-state=expelled] #retry"), "order-out-" + name);
        look(eva.click("#retry").awaitVisible("#key"), "order-closed-" + name);
    }

    /** Without scrolling, and whatever has to be said about the name. */
    @ParameterizedTest
    @ValueSource(strings = {"en-US", "pt-BR"})
    void onTheSmallestWindowTheButtonIsInReach(String language) {
        Tab tab = visit.tab(language).resize(320, 480, true).open(prosa.url("/"));
        tab.awaitVisible("#name").await(isInReach("join"));
        knock(tab, "much too long a name for anybody in here");
        tab.await("document.getElementById('name-error').textContent !== ''").await(isInReach("join"));
        look(tab, "small-refused-" + language.substring(0, 2));
        awaitOnline(knock(tab, "Ana"));
        for (String id : List.of("send", "leave", "people-toggle")) {
            tab.await(isInReach(id));
        }
        tab.click("#text").type("line\n".repeat(40)).await(isInReach("send"));
        look(tab, "small-room-" + language.substring(0, 2));
    }

    private static String isInReach(String id) {
        return """
                (() => {
                    const box = document.getElementById('%1$s').getBoundingClientRect();
                    const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                    return box.bottom <= innerHeight && found?.id === '%1$s';
                })()""".formatted(id);
    }

    private static Tab resized(Tab tab, String size) {
        return size.equals("narrow") ? tab.resize(390, 844, true) : tab.resize(1280, 800, false);
    }

    private void talk(Tab tab, Lines bia, Lines dina) throws Exception {
        bia.send("Boa tarde! Alguém já leu o capítulo sobre relógios lógicos?");
        tab.awaitText(".message .text", "Boa tarde!");
        say(tab, "Muito bom esse servidor.");
        tab.awaitVisible(".own[data-state=sent]");
        dina.send(
                "Привет! Weigh anchor: https://example.org/an/address/that/no/line/of/a/phone/can/hold/without/breaking");
        tab.awaitText(".message .text", "Weigh anchor");
        prosa.post(
                "Caio", "curl here.\nTwo lines of it, and the second one is long enough to need a third on a phone.");
        tab.awaitText(".message .text", "curl here");
        tab.click("#text")
                .type("One")
                .press(Key.SHIFT_ENTER)
                .type("and another line ♪")
                .press(Key.ENTER);
        tab.await("document.querySelectorAll('.own[data-state=sent]').length === 2");
        bia.send("/msg Ana Só entre nós: a prova é na quinta.");
        tab.awaitVisible(".message.private");
        bia.send("مرحبا بالجميع", "ok");
        tab.await("[...document.querySelectorAll('.message .text')].at(-1).textContent === 'ok'");
    }

    /** Takes a picture in the light, and in English, as colours know no languages, one in the dark. */
    private static void look(Tab tab, String name) {
        if (name.endsWith("en")) {
            tab.prefersDark(true).screenshot(SCREENSHOTS.resolve(name + "-dark.png"));
        }
        tab.prefersDark(false).screenshot(SCREENSHOTS.resolve(name + "-light.png"));
        assertEquals(List.of(), sticksOut(tab), name);
    }

    /** Not innerWidth: a phone's browser zooms out until all is in it. */
    private static List<String> sticksOut(Tab tab) {
        return tab.strings("""
                document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : [...document.querySelectorAll("body *")]
                    .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth)
                    .map(element => element.outerHTML.slice(0, 100))""");
    }
}
