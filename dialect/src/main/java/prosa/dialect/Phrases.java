package prosa.dialect;

import java.util.List;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Reason;
import prosa.domain.RoomName;
import prosa.domain.Text;

/**
 * What Prosa says to people, each sentence in every {@link Language}, side by side.
 *
 * @param language in which it is said
 */
public record Phrases(Language language) {

    /** A sentence for why something was refused, saying the rule. */
    public String refusal(Reason reason) {
        return switch (reason) {
            case NAME_TAKEN ->
                either(
                        "Somebody here is already called that; please choose another name.",
                        "Alguém aqui já se chama assim; escolha outro nome, por favor.");
            case NAME_INVALID ->
                either(
                        "A name has 1 to 32 characters: letters of one script, digits, emoji, single spaces and _ . ' -,"
                                + " with at least one letter or digit.",
                        "Um nome tem de 1 a 32 caracteres: letras de um só alfabeto, números, emojis, espaços simples e"
                                + " _ . ' -, com pelo menos uma letra ou um número.");
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
                        "Não deu para entender: falta alguma coisa ou a forma está errada.");
            case UNKNOWN_COMMAND -> either("There is no such command.", "Esse comando não existe.");
            case ROOM_INVALID ->
                either(
                        "A room is called by 1 to 32 of the characters a-z, 0-9 and -.",
                        "O nome de uma sala tem de 1 a 32 caracteres, entre a-z, 0-9 e -.");
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
        };
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
                "O que você escrever será dito a todos aqui; /help mostra o que mais dá para fazer.");
    }

    String present(RoomName room, int count) {
        return either(
                number(count) + " in " + room + ": ",
                count == 1 ? "1 pessoa em " + room + ": " : number(count) + " pessoas em " + room + ": ");
    }

    String andMore(int count) {
        return either("and " + number(count) + " more", "e mais " + number(count));
    }

    String joined(Name name) {
        return either(name + " is here", name + " chegou");
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

    String youAreCalled(Name name) {
        return either("You are now called " + name + ".", "Agora você se chama " + name + ".");
    }

    String presence(int in, int out, int count) {
        String changes = (in > 0 ? "+" + number(in) + " " : "") + (out > 0 ? "-" + number(out) + " " : "");
        return changes + either("here, ", "aqui, ") + number(count) + either(" in all", " ao todo");
    }

    String privately() {
        return either("(private)", "(particular)");
    }

    String historyOf(RoomName room, int count) {
        if (count == 0) {
            return either("Nothing has been said in " + room + " yet.", "Ainda não se disse nada em " + room + ".");
        }
        return count == 1
                ? either("The last message in " + room + ":", "A última mensagem em " + room + ":")
                : either(
                        "The last " + number(count) + " messages in " + room + ":",
                        "As últimas " + number(count) + " mensagens em " + room + ":");
    }

    String moreHistory() {
        return either("Those before them don't fit into one answer.", "As anteriores não cabem em uma só resposta.");
    }

    String endOfHistory() {
        return either("That was it.", "Foi isso.");
    }

    String gap(RoomName room) {
        return either(
                "Some of what was said in " + room + " before can't be shown any more.",
                "Parte do que se disse antes em " + room + " não pode mais ser mostrada.");
    }

    String goodbye() {
        return either("Good-bye!", "Até logo!");
    }

    String serverStops() {
        return either("The server is stopping. Good-bye!", "O servidor está parando. Até logo!");
    }

    String seeHelp() {
        return either("/help shows them.", "/help mostra quais há.");
    }

    List<String> help() {
        return switch (language) {
            case ENGLISH ->
                List.of(
                        "What you write is said to everybody in the room, except for these commands:",
                        "/who             shows who is here",
                        "/nick NAME       gives you another name",
                        "/join ROOM       takes you to another room",
                        "/msg NAME TEXT   tells one person something; a name with spaces goes in quotes:",
                        "                 /msg \"Ana Maria\" hello",
                        "/last N          shows the last N messages",
                        "/quit            ends the connection",
                        "//TEXT           says TEXT with one / before it");
            case PORTUGUESE ->
                List.of(
                        "O que você escreve é dito a todos na sala, menos estes comandos:",
                        "/who              mostra quem está aqui",
                        "/nick NOME        muda o seu nome",
                        "/join SALA        leva você a outra sala",
                        "/msg NOME TEXTO   fala só com uma pessoa; um nome com espaços vai entre aspas:",
                        "                  /msg \"Ana Maria\" oi",
                        "/last N           mostra as últimas N mensagens",
                        "/quit             encerra a conexão",
                        "//TEXTO           diz TEXTO com uma / na frente");
        };
    }

    /** People and their wires: {@code Ana (tcp), Bia (ws), and 7 more}. */
    String names(List<Participant> present, int count, int limit) {
        StringBuilder names = new StringBuilder();
        int named = Math.min(limit, present.size());
        for (Participant participant : present.subList(0, named)) {
            names.append(names.isEmpty() ? "" : ", ")
                    .append(participant.name())
                    .append(" (")
                    .append(participant.via().word())
                    .append(')');
        }
        return count > named ? names.append(", ").append(andMore(count - named)).toString() : names.toString();
    }

    private String number(int number) {
        return String.format(language.locale(), "%,d", number);
    }

    private String either(String english, String portuguese) {
        return switch (language) {
            case ENGLISH -> english;
            case PORTUGUESE -> portuguese;
        };
    }
}
