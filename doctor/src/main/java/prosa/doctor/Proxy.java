package prosa.doctor;

import java.util.Locale;

/** The proxies for which it is told what to change. */
enum Proxy {
    NGINX("nginx"),
    CADDY("Caddy"),
    HAPROXY("HAProxy");

    private final String title;

    Proxy(String title) {
        this.title = title;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As its makers write it. */
    String title() {
        return title;
    }
}
