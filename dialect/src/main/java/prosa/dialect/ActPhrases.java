package prosa.dialect;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import prosa.application.port.Banned;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.domain.Name;
import prosa.language.Language;

/**
 * What people read of operators and what they do.
 *
 * @param zone in which times are told
 */
record ActPhrases(Language language, ZoneId zone) {
    /** What somebody does who may keep order. */
    List<String> operator() {
        List<String> lines = new ArrayList<>();
        lines.add(either("You are an operator now, and can:", "Agora você é operador e pode usar:"));
        lines.addAll(
                switch (language) {
                    case ENGLISH ->
                        List.of(
                                "/kick NAME             puts somebody out; they may come back",
                                "/mute NAME [TIME]      somebody says nothing, for 30s, 10m, 1h, 7d, or until /unmute NAME",
                                "/quiet, /unquiet       only operators speak, or all again",
                                "/ban NAME [TIME]       somebody neither enters nor speaks, for an hour or another time",
                                "/ban @ADDRESS [TIME]   the same for an address; /unban NAME or @ADDRESS, /bans",
                                "/remove NAME [N]       takes the last message of somebody away, or the last N; /clear all",
                                "/close, /open          the room opens to a key alone, or to all again",
                                "/acts                  shows what operators did");
                    case PORTUGUESE ->
                        List.of(
                                "/kick NOME               retira alguém, que pode voltar",
                                "/mute NOME [TEMPO]       alguém não fala, por 30s, 10m, 1h, 7d, ou até /unmute NOME",
                                "/quiet, /unquiet         só os operadores falam, ou todos de novo",
                                "/ban NOME [TEMPO]        alguém não entra nem fala, por uma hora ou outro tempo",
                                "/ban @ENDEREÇO [TEMPO]   o mesmo para um endereço; /unban NOME ou @ENDEREÇO, /bans",
                                "/remove NOME [N]         remove a última mensagem de alguém, ou as últimas N; /clear todas",
                                "/close, /open            a sala só se abre com uma chave, ou se abre a todos de novo",
                                "/acts                    mostra o que os operadores fizeram");
                });
        return lines;
    }

    /** What the room is told. */
    String deed(Deed deed) {
        Name by = deed.by();
        String until = deed.until().map(this::until).orElse("");
        String name = deed.name().map(Name::value).orElse(either("an address", "um endereço"));
        return switch (deed.kind()) {
            case KICK -> either(by + " has put " + name + " out", by + " retirou " + name + " da sala");
            case MUTE -> either(by + " has muted " + name, by + " silenciou " + name) + until;
            case UNMUTE -> either(by + " lets " + name + " speak again", by + " deixou " + name + " falar de novo");
            case QUIET ->
                either(
                        by + " asks for silence: only operators speak now",
                        by + " pediu silêncio: agora só os operadores falam");
            case UNQUIET -> either(by + " lets all speak again", by + " deixou todos falarem de novo");
            case BAN -> either(by + " has banned " + name, by + " baniu " + name) + until;
            case UNBAN -> either(by + " has lifted the ban on " + name, by + " revogou o banimento de " + name);
            case RELEASE ->
                either(
                        by + " has made " + name + " nobody's name again",
                        by + " deixou o nome " + name + " livre de novo");
            case CLOSE ->
                either(
                        by + " has closed the room: it opens to its key alone",
                        by + " fechou a sala: ela só se abre com a chave");
            case REMOVE -> either(by + " removed a message of " + name, by + " removeu uma mensagem de " + name);
            case CLEAR -> either(by + " removed all messages", by + " removeu todas as mensagens");
            case OPEN -> either(by + " has opened the room to all", by + " abriu a sala a todos");
        };
    }

    private String until(Instant until) {
        return either(" until ", " até ") + time(until);
    }

    private String time(Instant at) {
        String pattern = either("d MMM uuuu, HH:mm", "d 'de' MMM 'de' uuuu, HH:mm");
        return DateTimeFormatter.ofPattern(pattern, language.locale()).format(at.atZone(zone));
    }

    /** What only whoever closed the room is told. */
    String closed(Event.Closed closed) {
        String key = closed.roomKey().reveal();
        return either(
                "The key of " + closed.room() + ", shown this once: " + key,
                "A chave de " + closed.room() + ", mostrada só desta vez: " + key);
    }

    List<String> bans(List<Banned> bans) {
        return bans.isEmpty()
                ? List.of(either("Nobody is banned.", "Ninguém está banido."))
                : bans.stream()
                        .map(ban -> ban.whom() + ", " + either("by ", "por ") + ban.by() + "," + until(ban.until()))
                        .toList();
    }

    List<String> acts(List<Deed> deeds) {
        return deeds.isEmpty()
                ? List.of(either("Operators have done nothing yet.", "Os operadores ainda não fizeram nada."))
                : deeds.stream()
                        .map(deed -> time(deed.at()) + ", " + deed.room() + ": " + deed(deed))
                        .toList();
    }

    private String either(String english, String portuguese) {
        return switch (language) {
            case ENGLISH -> english;
            case PORTUGUESE -> portuguese;
        };
    }
}
