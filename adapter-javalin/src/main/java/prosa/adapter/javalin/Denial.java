package prosa.adapter.javalin;

import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Optional;
import prosa.language.Language;

/** What HTTP itself does not allow, before the chat is asked. */
enum Denial {
    CROSS_SITE(
            HttpStatus.FORBIDDEN,
            "Pages of other sites can't speak here, and this server answers to its own names only.",
            "Páginas de outros sites não podem falar aqui, e este servidor só responde pelos próprios nomes."),
    UNAUTHORIZED(
            HttpStatus.UNAUTHORIZED,
            "The proxy before this server has not said who you are: sign in there.",
            "O proxy à frente deste servidor não informou quem você é: entre por ele."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here.", "Não há nada aqui."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This can't be done here.", "Isso não pode ser feito aqui."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "This is a text/event-stream, and the request's Accept does not take it.",
            "Isto é um text/event-stream, e o Accept da requisição não o aceita."),
    REQUEST_TIMEOUT(
            HttpStatus.REQUEST_TIMEOUT,
            "The body of the request comes too slowly.",
            "O corpo da requisição está vindo devagar demais."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "A message is text/plain or application/json, in a charset that is known here, and not compressed.",
            "Uma mensagem é text/plain ou application/json, em um charset conhecido aqui, e sem compressão."),
    UPGRADE_REQUIRED(
            HttpStatus.UPGRADE_REQUIRED,
            "This address speaks WebSocket, version 13: a page or a program can connect to it, and a browser's address bar can't.",
            "Este endereço fala WebSocket, versão 13: uma página ou um programa pode se conectar a ele, e a barra de endereços do"
                    + " navegador não.");

    private final HttpStatus status;
    private final String english;
    private final String portuguese;

    Denial(HttpStatus status, String english, String portuguese) {
        this.status = status;
        this.english = english;
        this.portuguese = portuguese;
    }

    HttpStatus status() {
        return status;
    }

    /** As it travels, in the manner of a {@link prosa.domain.Reason}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String sentence(Language language) {
        return switch (language) {
            case ENGLISH -> english;
            case PORTUGUESE -> portuguese;
        };
    }

    /** The same, and what whoever runs the server could do about it. */
    String sentence(Language language, Optional<String> option) {
        return sentence(language)
                + option.map(with -> switch (language) {
                            case ENGLISH -> " " + with + " lets this one in.";
                            case PORTUGUESE -> " " + with + " deixa esta entrar.";
                        })
                        .orElse("");
    }
}
