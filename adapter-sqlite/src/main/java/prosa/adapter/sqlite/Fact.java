package prosa.adapter.sqlite;

import prosa.application.port.Register.Kind;

/** What a fact is kept by. */
record Fact(Kind kind, String key) {}
