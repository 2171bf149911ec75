package prosa.adapter.javalin;

import prosa.dialect.Phrases;
import prosa.language.Language;

/** What a person's browser shows of a refusal: a sentence, and the way back to the chat. */
final class ErrorPage {
    private ErrorPage() {}

    /** @param path of the request; the way back is relative to it, as a proxy may serve us under another one */
    static String page(Denial denial, String path, Language language) {
        String home = home(path);
        return """
                <!DOCTYPE html>
                <html lang="%1$s">
                <head>
                  <meta charset="utf-8">
                  <meta name="viewport" content="width=device-width, initial-scale=1">
                  <meta name="color-scheme" content="light dark">
                  <title>%2$d · Prosa</title>
                  <link rel="icon" href="%3$sfavicon.svg" type="image/svg+xml">
                  <link rel="stylesheet" href="%3$scss/prosa.css">
                </head>
                <body>
                  <header class="banner">
                    <a class="wordmark" href="%3$s"><span class="dash" aria-hidden="true">—</span>Prosa</a>
                  </header>
                  <main id="main" class="sheet">
                    <h1>%2$d</h1>
                    <p class="lead">%4$s</p>
                    <p><a href="%3$s">%5$s</a></p>
                  </main>
                </body>
                </html>
                """.formatted(
                        language.tag(),
                        denial.status().getCode(),
                        home,
                        denial.sentence(language),
                        new Phrases(language).toTheChat());
    }

    private static String home(String path) {
        long folders = path.chars().skip(1).filter(c -> c == '/').count();
        return folders == 0 ? "./" : "../".repeat((int) folders);
    }
}
