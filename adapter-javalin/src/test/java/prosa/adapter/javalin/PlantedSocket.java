package prosa.adapter.javalin;

import prosa.application.port.TextSocket;

/** Has its word for who comes, and forgets what it hears. */
record PlantedSocket() implements TextSocket {
    @Override
    public String path() {
        return "/testing";
    }

    @Override
    public String greeting() {
        return "hello";
    }

    @Override
    public void heard(String text) {}
}
