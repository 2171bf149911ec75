package prosa.dialect;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import prosa.domain.Fault;
import prosa.domain.Fault.Usage.Form;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Reason;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.language.Language;

/**
 * What Prosa says to people, each sentence in every {@link Language}, side by side.
 *
 * @param language in which it is said
 */
public record Phrases(Language language) {
    /** Beyond that a wait is told in minutes, and beyond that in hours. */
    private static final int MANY_SECONDS = 120;

    private static final int MANY_MINUTES = 120;

    /** Stands behind a name that is shown to be somebody's own. No name holds it. */
    private static final String CLAIMED = " ✓";

    /** A sentence for why something was refused, saying the rule. */
    public String refusal(Reason reason) {
        return switch (reason) {
            case NAME_TAKEN ->
                either(
                        "Somebody here is already called that; please choose another name.",
                        "Alguém aqui já se chama assim; escolha outro nome, por favor.");
            case NAME_INVALID ->
                either(
                        "A name has 1 to 32 characters: letters of one script, digits, emoji, spaces and _ . ' -, with at"
                                + " least one letter or digit. It may not pass for the server.",
                        "Um nome tem de 1 a 32 caracteres: letras de um só alfabeto, números, emojis, espaços e _ . ' -,"
                                + " com pelo menos uma letra ou um número. Ele não pode se passar pelo servidor.");
            case TEXT_EMPTY ->
                either(
                        "There is nothing in this message; please write something.",
                        "Não há nada nessa mensagem; escreva alguma coisa, por favor.");
            case TEXT_TOO_LONG ->
                either(
                        "A message may have at most " + number(Text.MAX_CODE_POINTS) + " characters.",
                        "Uma mensagem pode ter no máximo " + number(Text.MAX_CODE_POINTS) + " caracteres.");
            case MALFORMED ->
                either(
                        "That can't be understood: something is missing, or in the wrong form.",
                        "Não entendi: falta algo ou o formato está errado.");
            case UNKNOWN_COMMAND -> either("There is no such command.", "Esse comando não existe.");
            case ROOM_INVALID ->
                either(
                        "A room's name has 1 to 32 characters: letters from a to z, digits and hyphens.",
                        "O nome de uma sala tem de 1 a 32 caracteres: letras de a até z, números e hifens.");
            case NOT_JOINED ->
                either("Please join a room first, under a name.", "Primeiro entre em uma sala, com um nome.");
            case NOT_HERE -> either("Nobody here is called that.", "Ninguém aqui se chama assim.");
            case UNAVAILABLE ->
                either(
                        "Messages can't be kept or read at the moment; please try again soon.",
                        "No momento não é possível guardar nem ler mensagens; tente de novo daqui a pouco.");
            case TOO_SLOW ->
                either(
                        "This connection doesn't keep up with the room; please come back.",
                        "Esta conexão não acompanha a conversa da sala; volte, por favor.");
            case TOO_FAST ->
                either(
                        "That was too much at once; please wait ten seconds.",
                        "Foi coisa demais de uma vez; espere dez segundos, por favor.");
            case BUSY ->
                either(
                        "Too much is waiting already; please try again in a moment.",
                        "Já há coisa demais na fila; tente de novo daqui a pouco.");
            case ROOM_CLOSED ->
                either(
                        "This room is closed, and opens to its key alone.",
                        "Esta sala está fechada e só se abre com a chave dela.");
            case NAME_CLAIMED ->
                either(
                        "This name is somebody's own, and only they can use it, by their secret.",
                        "Este nome tem dono, e só ele pode usá-lo, com o segredo dele.");
            case NOT_OPERATOR -> either("Only an operator may do that.", "Só um operador pode fazer isso.");
            case MUTED ->
                either(
                        "An operator has asked for silence; you can read on.",
                        "Um operador pediu silêncio; dá para continuar lendo.");
            case BANNED ->
                either(
                        "An operator has banned you from here; come back later.",
                        "Um operador baniu você daqui; volte mais tarde.");
            case REMOVED -> either("This message was removed.", "Esta mensagem foi removida.");
            case NO_MESSAGE -> either("There is no such message here.", "Não há nenhuma mensagem assim aqui.");
        };
    }

    /** A sentence for why something was refused, naming the part that is wrong if it is known. */
    public String refusal(Reason reason, Optional<Fault> fault) {
        if (reason == Reason.BUSY && fault.orElse(null) instanceof Fault.TooSoon) {
            return refusal(reason);
        }
        return fault.map(this::fault).orElseGet(() -> refusal(reason));
    }

    private String fault(Fault fault) {
        return switch (fault) {
            case Fault.Missing(String part) -> either(part + " is missing.", "Falta " + part + ".");
            case Fault.NotText(String part) ->
                either(part + " must be a text, in quotes.", part + " tem de ser um texto, entre aspas.");
            case Fault.NotNumber(String part, int least, int most) ->
                either(
                        part + " must be a whole number from " + number(least) + " to " + number(most) + ".",
                        part + " tem de ser um número inteiro de " + number(least) + " a " + number(most) + ".");
            case Fault.NotPosition(String part) ->
                either(
                        part + " must be a position, such as 1795356346674-3.",
                        part + " tem de ser uma posição, como 1795356346674-3.");
            case Fault.NotKey(String part) ->
                either(
                        part + " must have 1 to 128 characters, all of them printable ASCII.",
                        part + " tem de ter de 1 a 128 caracteres, todos ASCII visíveis.");
            case Fault.NotTerm(String part) ->
                either(
                        part + " must be a time such as 30s, 10m, 1h or 7d.",
                        part + " tem de ser um tempo como 30s, 10m, 1h ou 7d.");
            case Fault.NotAddress(String part) ->
                either(
                        part + " must be an address, such as 192.0.2.7 or 2001:db8::7.",
                        part + " tem de ser um endereço, como 192.0.2.7 ou 2001:db8::7.");
            case Fault.NotRoomKey(String part) -> either(part + " must be ROOM=KEY.", part + " tem de ser SALA=CHAVE.");
            case Fault.SetBy(String option) ->
                either(
                        "That is set by the server's " + option + ", and stays so.",
                        "Isso é definido por " + option + " do servidor e não muda por aqui.");
            case Fault.NotOneOf(String part, List<String> words) ->
                either(
                        part + " must be " + String.join(" or ", words) + ".",
                        part + " tem de ser " + String.join(" ou ", words) + ".");
            case Fault.TooLong(String part, int most) ->
                either(
                        part + " must be a number or a text of at most " + number(most) + " characters.",
                        part + " tem de ser um número ou um texto de no máximo " + number(most) + " caracteres.");
            case Fault.NotBase64(String part, int bytes) ->
                either(
                        part + " must be " + number(bytes) + " bytes in base64.",
                        part + " tem de ser " + number(bytes) + " bytes em base64.");
            case Fault.TooMany(String part, int most) -> tooMany(part, most);
            case Fault.Undecodable(String part) ->
                either(
                        part + " can't be decoded: % and two hexadecimal digits stand for a byte, in UTF-8.",
                        "Não dá para decodificar " + part + ": % e dois dígitos hexadecimais valem um byte, em UTF-8.");
            case Fault.OutOfPlace(String part) ->
                either(part + " means nothing here.", part + " não significa nada aqui.");
            case Fault.Contradicted(String part) ->
                either(
                        part + " is given in two places, and differs.",
                        part + " aparece em dois lugares, com valores diferentes.");
            case Fault.NotOwn(String part) ->
                either(
                        part + " must be your own here, or be left out.",
                        part + " tem de ser o seu aqui, ou ficar de fora.");
            case Fault.TooSoon(Duration retryAfter) -> tooSoon(retryAfter);
            case Fault.TooManyNames(int most) ->
                either(
                        "From where you are, people have " + number(most)
                                + " claimed names already, and no more; first give one up with /release.",
                        "De onde você está, já há " + number(most)
                                + " nomes com dono, e não pode haver mais; antes, abra mão de um com /release.");
            case Fault.NotVouched(Name own) ->
                either("Here you are " + own + ", and nobody else.", "Aqui você é " + own + ", e mais ninguém.");
            case Fault.NotObject() ->
                either("This is not one whole JSON object.", "Isto não é um objeto JSON completo.");
            case Fault.Usage(Form form) -> either("Write " + usage(form) + ".", "Escreva " + usage(form) + ".");
        };
    }

    private String tooSoon(Duration wait) {
        int seconds = (int) wait.plusNanos(999_999_999).toSeconds();
        if (seconds > MANY_SECONDS) {
            String time = inMinutesOrHours(seconds);
            return either(
                    "That was too much for now; please wait " + time + ".",
                    "Foi coisa demais por agora; espere " + time + ", por favor.");
        }
        return seconds <= 1
                ? either(
                        "That was too much at once; please wait a second.",
                        "Foi coisa demais de uma vez; espere um segundo, por favor.")
                : either(
                        "That was too much at once; please wait " + number(seconds) + " seconds.",
                        "Foi coisa demais de uma vez; espere " + number(seconds) + " segundos, por favor.");
    }

    /** Rounded up: who waits so long is not refused for it. */
    private String inMinutesOrHours(int seconds) {
        int minutes = Math.ceilDiv(seconds, 60);
        return minutes > MANY_MINUTES
                ? number(Math.ceilDiv(minutes, 60)) + either(" hours", " horas")
                : number(minutes) + either(" minutes", " minutos");
    }

    private String tooMany(String part, int most) {
        return most == 1
                ? either(part + " may be given only once.", part + " só pode aparecer uma vez.")
                : either(
                        part + " may be given at most " + number(most) + " times.",
                        part + " pode aparecer no máximo " + number(most) + " vezes.");
    }

    private String usage(Form form) {
        return switch (form) {
            case HELP -> "/help";
            case WHO -> "/who";
            case QUIT -> "/quit";
            case NICK -> either("/nick NAME", "/nick NOME");
            case CLAIM -> either("/claim, or /claim NAME SECRET", "/claim, ou /claim NOME SEGREDO");
            case RELEASE -> "/release";
            case JOIN -> either("/join ROOM", "/join SALA");
            case MSG -> either("/msg NAME TEXT", "/msg NOME TEXTO");
            case LAST -> either("/last N, with N from 1 on", "/last N, com N a partir de 1");
            case KEY -> either("/key ROOM KEY", "/key SALA CHAVE");
            case OP -> "/op TOKEN";
            case KICK, UNMUTE -> "/" + form.name().toLowerCase(Locale.ROOT) + either(" NAME", " NOME");
            case MUTE -> either("/mute NAME [TIME]", "/mute NOME [TEMPO]") + times();
            case BAN ->
                either("/ban NAME [TIME] or /ban @ADDRESS [TIME]", "/ban NOME [TEMPO] ou /ban @ENDEREÇO [TEMPO]")
                        + times();
            case UNBAN -> either("/unban NAME or /unban @ADDRESS", "/unban NOME ou /unban @ENDEREÇO");
            case REMOVE -> either("/remove ID or /remove NAME [N]", "/remove ID ou /remove NOME [N]");
            case QUIET, UNQUIET, BANS, CLOSE, OPEN, CLEAR, ACTS ->
                "/" + form.name().toLowerCase(Locale.ROOT);
        };
    }

    private String times() {
        return either(", with a time such as 30s, 10m, 1h or 7d", ", com um tempo como 30s, 10m, 1h ou 7d");
    }

    String told(Name to) {
        return either("Only " + to + " was told that.", "Só " + to + " recebeu essa mensagem.");
    }

    /** Of a link, on a page that has nothing else to offer. */
    public String toTheChat() {
        return either("To the chat", "Ir para o chat");
    }

    String askName() {
        return either("What is your name?", "Qual é o seu nome?");
    }

    String welcome(RoomName room, Name name) {
        return either("Welcome to " + room + ", " + name + ".", "Boas-vindas à sala " + room + ", " + name + ".");
    }

    String howToGoOn() {
        return either(
                "What you write is said to everybody here; /help shows what else you can do.",
                "O que você escrever será enviado a todos aqui; /help mostra o que mais você pode fazer.");
    }

    /** How many are in a room, and who: of many only the first. */
    String present(RoomName room, int count, List<Participant> present, int limit) {
        if (count == 0) {
            return either("Nobody is in " + room + ".", "Não há ninguém em " + room + ".");
        }
        return either(number(count) + " in ", number(count) + (language.isOne(count) ? " pessoa em " : " pessoas em "))
                + room
                + ": "
                + names(present, count, limit);
    }

    /** People and their wires: {@code Ana (tcp), Bia (ws), and 7 more}. */
    private String names(List<Participant> present, int count, int limit) {
        List<String> names = new ArrayList<>();
        for (Participant participant : present.subList(0, Math.min(limit, present.size()))) {
            String mark = participant.claimed() ? CLAIMED : "";
            names.add(participant.name() + mark + " (" + participant.via().word() + ")");
        }
        if (count > names.size()) {
            String rest = number(count - names.size());
            names.add(either(rest + " more", "mais " + rest));
        }
        return language.list(names);
    }

    String removed(Name by, Name author) {
        return either(by + " removed a message of " + author + ".", by + " removeu uma mensagem de " + author + ".");
    }

    String cleared(Name by) {
        return either(by + " removed all messages.", by + " removeu todas as mensagens.");
    }

    String joined(Name name) {
        return either(name + " joined", name + " entrou");
    }

    String left(Name name) {
        return either(name + " left", name + " saiu");
    }

    String youLeft(RoomName room) {
        return either("You left " + room + ".", "Você saiu de " + room + ".");
    }

    String renamed(Name from, Name name) {
        return either(from + " is now called " + name, from + " agora se chama " + name);
    }

    String askSecret(Name name) {
        return either(
                name + " is claimed: its secret, please (or another name with /nick)",
                name + " tem dono: o segredo, por favor (ou outro nome, com /nick)");
    }

    String yours(Name name, String secret) {
        return either(
                name + " is yours; your secret is " + secret + "; show it by /claim NAME SECRET",
                name + " é seu; o seu segredo é " + secret + "; mostre-o com /claim NOME SEGREDO");
    }

    String keepTheSecret() {
        return either("Keep it: it is not shown again.", "Guarde-o: ele não será mostrado de novo.");
    }

    String claimed(Name name) {
        return either(name + " is a claimed name now", name + " agora é um nome com dono");
    }

    String nobodys(Name name) {
        return either(name + " is not a claimed name any more", name + " não é mais um nome com dono");
    }

    String youAreCalled(Name name) {
        return either("You are now called " + name + ".", "Agora você se chama " + name + ".");
    }

    /** What is not 0 of those who came and those who went, and how many are here now. */
    String presence(int in, int out, int count) {
        String here = number(count) + either(" here in all", " aqui ao todo");
        return switch (language) {
            case ENGLISH -> joining(in > 0 ? number(in) + " joined" : "", out > 0 ? number(out) + " left" : "", here);
            case PORTUGUESE ->
                joining(
                        in > 0 ? number(in) + (language.isOne(in) ? " pessoa entrou" : " pessoas entraram") : "",
                        out > 0 ? number(out) + leftInPortuguese(out, in > 0) : "",
                        here);
        };
    }

    private String leftInPortuguese(int out, boolean whoIsSaid) {
        String who = whoIsSaid ? "" : language.isOne(out) ? " pessoa" : " pessoas";
        return who + (language.isOne(out) ? " saiu" : " saíram");
    }

    private static String joining(String came, String went, String here) {
        String comma = came.isEmpty() || went.isEmpty() ? "" : ", ";
        String changes = came + comma + went;
        return changes.isEmpty() ? here : changes + "; " + here;
    }

    String privately() {
        return either("(private)", "(privada)");
    }

    String historyOf(RoomName room, int count, ZoneId zone) {
        if (count == 0) {
            return either("There are no messages in " + room + " yet.", "Ainda não há mensagens em " + room + ".");
        }
        return count == 1
                ? either(
                        "The last message in " + room + " (time in " + name(zone) + "):",
                        "A última mensagem em " + room + " (horário em " + name(zone) + "):")
                : either(
                        "The last " + number(count) + " messages in " + room + " (times in " + name(zone) + "):",
                        "As últimas " + number(count) + " mensagens em " + room + " (horários em " + name(zone) + "):");
    }

    /** UTC has many names; the others say whose clocks show that time, also when it changes. */
    private static String name(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    String day(LocalDate day) {
        String pattern = either("EEEE, d MMMM uuuu", "EEEE, d 'de' MMMM 'de' uuuu");
        return DateTimeFormatter.ofPattern(pattern, language.locale()).format(day);
    }

    String moreHistory() {
        return either("Earlier ones don't fit into one answer.", "As anteriores não cabem em uma só resposta.");
    }

    String endOfHistory() {
        return either("End of history.", "Fim do histórico.");
    }

    String gap(RoomName room) {
        return either(
                "Some of what was said in " + room + " before can't be shown any more.",
                "Parte do que foi dito antes em " + room + " não pode mais ser mostrada.");
    }

    String goodbye() {
        return either("Good-bye!", "Até logo!");
    }

    String serverStops() {
        return either("The server is stopping. Good-bye!", "O servidor está sendo encerrado. Até logo!");
    }

    String seeHelp() {
        return either("/help shows the commands.", "/help mostra os comandos.");
    }

    List<String> help() {
        return switch (language) {
            case ENGLISH ->
                List.of(
                        "What you write is said to everybody in the room, except for these commands:",
                        "/who             shows who is here",
                        "/nick NAME       gives you another name",
                        "/claim           makes your name yours alone, and tells you its secret",
                        "/claim NAME SECRET",
                        "                 shows that NAME is yours",
                        "/release         gives up a name that is yours",
                        "/join ROOM       takes you to another room",
                        "/msg NAME TEXT   tells one person something; a name with spaces may go in quotes:",
                        "                 /msg \"Ana Maria\" hello",
                        "/last N          shows the last N messages",
                        "/key ROOM KEY    takes you to a closed room",
                        "/op TOKEN        makes you an operator",
                        "/quit            ends the connection",
                        "//TEXT           says TEXT with one / before it");
            case PORTUGUESE ->
                List.of(
                        "O que você escreve é enviado a todos na sala, menos estes comandos:",
                        "/who              mostra quem está aqui",
                        "/nick NOME        muda o seu nome",
                        "/claim            torna o seu nome só seu, e mostra o segredo dele",
                        "/claim NOME SEGREDO",
                        "                  mostra que NOME é seu",
                        "/release          abre mão de um nome que é seu",
                        "/join SALA        leva você a outra sala",
                        "/msg NOME TEXTO   envia uma mensagem privada; um nome com espaços pode ir entre aspas:",
                        "                  /msg \"Ana Maria\" oi",
                        "/last N           mostra as últimas N mensagens",
                        "/key SALA CHAVE   leva você a uma sala fechada",
                        "/op TOKEN         torna você operador",
                        "/quit             encerra a conexão",
                        "//TEXTO           envia TEXTO com uma / na frente");
        };
    }

    private String number(int number) {
        return language.number(number);
    }

    private String either(String english, String portuguese) {
        return switch (language) {
            case ENGLISH -> english;
            case PORTUGUESE -> portuguese;
        };
    }
}
