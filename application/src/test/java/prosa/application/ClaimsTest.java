package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.application.port.Credentials;
import prosa.application.port.Peer;
import prosa.application.port.Register.Kind;
import prosa.application.port.Secret;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** Names that are somebody's, as people meet them. */
class ClaimsTest {
    private static final Secret WRONG = Secret.shown("claim", "prosa_claim_AAAAAAAAAAAAAAAAAAAAAA");

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    /** Claims the name that this guest has. */
    private static Secret claim(Guest guest) {
        guest.forget();
        guest.hear(new Command.Claim(Optional.empty()));
        Await.until(guest, () -> guest.text().contains("claimed "), () -> "a secret, but " + guest.lines());
        String line = guest.lines().stream()
                .filter(told -> told.startsWith("claimed "))
                .findFirst()
                .orElseThrow();
        guest.forget();
        return Secret.shown("claim", line.substring(line.indexOf(" by ") + " by ".length()));
    }

    private Secret claimedAndLeft(String name) {
        Guest owner = lobby.enter(name);
        Secret secret = claim(owner);
        owner.visitor.gone();
        lobby.settle();
        return secret;
    }

    private static Command.Join joining(String name, Secret secret) {
        return Guest.joining(name, "main").showing(secret);
    }

    private static Peer showing(String via, Secret secret) {
        return new Peer(
                new Via(via),
                InetAddress.getLoopbackAddress(),
                new Credentials(Map.of(), Optional.of(secret), Optional.empty()));
    }

    private CompletionStage<Message> post(Peer peer, String by) {
        return lobby.chat.post(peer, RoomName.MAIN, new Name(by), new Text("in passing"), Optional.empty());
    }

    @Test
    void theSecretIsLongRandomAndShownOnce() {
        Guest ana = lobby.enter("Ana");
        Secret secret = claim(ana);
        assertTrue(secret.reveal().matches("prosa_claim_[A-Za-z0-9_-]{22}"), secret.reveal());
        ana.hear(new Command.Claim(Optional.of("r2")));
        ana.awaitLines("refused name-claimed r2");
    }

    @Test
    void allInTheRoomAreToldButTheClaimant() {
        Guest bob = lobby.enter("Bob");
        Guest ana = lobby.enter("Ana");
        bob.forget();
        claim(ana);
        bob.awaitLine("renamed main Ana Ana claimed");
        bob.hear(new Command.Who(Optional.empty()));
        bob.awaitLine("who main 2 [Bob,Ana*]");
        assertEquals(List.of(), ana.lines());
    }

    @Test
    void nobodyElseComesInByIt() {
        claimedAndLeft("Ana");
        for (String name : List.of("Ana", "ANA", "аna".replace('а', 'a'), "Anɑ")) {
            lobby.connect(Guest.joining(name, "den")).awaitLines("refused name-claimed", "ask");
        }
        Guest bob = lobby.enter("Bob");
        bob.hear(new Command.Rename("ana", Optional.of("r")));
        bob.awaitLine("refused name-claimed r");
        bob.hear(new Command.Nick("ana"));
        bob.awaitLines("refused name-claimed r", "refused name-claimed");
    }

    @Test
    void whoShowsTheSecretComesInAndIsMarked() {
        Secret secret = claimedAndLeft("Ana");
        Guest bob = lobby.enter("Bob");
        Guest ana = lobby.connect(joining("ana", secret));
        ana.awaitLines("welcome main ana of 2 [Bob,ana*] recent [] @0");
        bob.awaitLine("joined main ana ws claimed");
    }

    @Test
    void aSecretOfTheConnectionCounts() {
        Secret secret = claimedAndLeft("Ana");
        Guest ana = lobby.connect(showing("ws", secret), Optional.of(Guest.joining("Ana", "main")));
        ana.awaitLines("welcome main Ana of 1 [Ana*] recent [] @0");
    }

    @Test
    void whatWasShownHoldsForTheConnection() {
        Secret secret = claimedAndLeft("Ana");
        Guest ana = lobby.connect(joining("Ana", secret));
        ana.awaitWelcome();
        ana.forget();
        ana.hear(new Command.Rename("Bia", Optional.empty()));
        ana.awaitLine("you are Bia, were Ana");
        ana.hear(new Command.Rename("ANA", Optional.empty()));
        ana.awaitLine("you are ANA, were Bia claimed");
        ana.forget();
        ana.hear(new Command.Join(
                Optional.empty(), Optional.of("den"), Optional.empty(), Optional.empty(), Optional.empty()));
        ana.awaitLine("welcome den ANA of 1 [ANA*] recent [] @0");
    }

    @Test
    void aNameIsOneWhoseInAllRooms() {
        lobby.enter("Ana", "den");
        Guest other = lobby.enter("ana");
        other.hear(new Command.Claim(Optional.of("r1")));
        other.awaitLines("refused name-taken r1");
        assertEquals(Map.of(), lobby.engine.register().read(Kind.CLAIM));
    }

    @Test
    void whoIsInNoRoomHasNoName() {
        Guest nobody = lobby.connect();
        nobody.hear(new Command.Claim(Optional.of("r")));
        nobody.hear(new Command.Release(Optional.of("s")));
        nobody.awaitLines("ask", "refused not-joined r", "refused not-joined s");
    }

    @Test
    void twoConnectionsOfOneClaimantReplaceEachOther() {
        Guest bob = lobby.enter("Bob");
        Guest before = lobby.enter("Ana");
        Secret secret = claim(before);
        bob.forget();
        Guest after = lobby.connect(joining("Ana", secret));
        after.awaitLines("welcome main Ana of 2 [Bob,Ana*] recent [] @0");
        before.awaitClose(CloseReason.REPLACED);
        after.say("still me", "r");
        bob.awaitLine("said @1 main Ana: still me");
        assertEquals(List.of("renamed main Ana Ana claimed", "said @1 main Ana: still me"), withTheMark(bob));
    }

    /** The mark may have come before or after what was forgotten. */
    private static List<String> withTheMark(Guest guest) {
        List<String> lines = guest.lines();
        return lines.contains("renamed main Ana Ana claimed")
                ? lines
                : java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("renamed main Ana Ana claimed"), lines.stream())
                        .toList();
    }

    @Test
    void whoIsElsewhereInTheRoomTakesTheirPlaceByRenaming() {
        Guest before = lobby.enter("Ana");
        Secret secret = claim(before);
        Guest after = lobby.enter("Bia");
        after.hear(new Command.Prove("Ana", secret));
        after.awaitLine("welcome main Ana of 1 [Ana*] recent [] @0");
        before.awaitClose(CloseReason.REPLACED);
    }

    @Test
    void thePostOfAnotherIsRefusedAndTheClaimantsIsNot() {
        Guest ana = lobby.enter("Ana");
        Secret secret = claim(ana);
        assertEquals(Reason.NAME_CLAIMED, Chat.reasonOf(Await.failure(post(Lobby.over("http"), "ana"))));
        assertEquals(Reason.NAME_CLAIMED, Chat.reasonOf(Await.failure(post(showing("http", WRONG), "ana"))));
        assertEquals(
                "Ana", Await.result(post(showing("http", secret), "Ana")).by().value());
        ana.awaitLine("said @1 main Ana: in passing");
    }

    @Test
    void whoIsTakenByAnUnclaimedOneStaysTaken() {
        lobby.enter("Bob");
        Secret secret = claimedAndLeft("Ana");
        assertEquals(Reason.NAME_TAKEN, Chat.reasonOf(Await.failure(post(showing("http", secret), "Bob"))));
    }

    @Test
    void afterTwentyWrongSecretsWhatIsWrongIsTooFast() {
        Secret secret = claimedAndLeft("Ana");
        for (int i = 0; i < Guesses.MOST; i++) {
            assertEquals(Reason.NAME_CLAIMED, Chat.reasonOf(Await.failure(post(showing("http", WRONG), "Ana"))));
        }
        assertEquals(Reason.TOO_FAST, Chat.reasonOf(Await.failure(post(showing("http", WRONG), "Ana"))));
        lobby.connect(joining("Ana", WRONG)).awaitLines("refused too-fast", "ask");
        // None at all is no guess, and what is right passes.
        assertEquals(Reason.NAME_CLAIMED, Chat.reasonOf(Await.failure(post(Lobby.over("http"), "Ana"))));
        Await.result(post(showing("http", secret), "Ana"));
        Guest ana = lobby.connect(joining("Ana", secret));
        ana.awaitWelcome();
    }

    @Test
    void whatIsRightForAnotherNameIsNoGuess() {
        Secret secret = claimedAndLeft("Ana");
        claimedAndLeft("Bob");
        for (int i = 0; i <= Guesses.MOST; i++) {
            assertEquals(Reason.NAME_CLAIMED, Chat.reasonOf(Await.failure(post(showing("http", secret), "Bob"))));
        }
        assertEquals(Reason.NAME_CLAIMED, Chat.reasonOf(Await.failure(post(showing("http", WRONG), "Bob"))));
    }

    @Test
    void whoGivesItUpLeavesItToAnybody() {
        Guest bob = lobby.enter("Bob");
        Guest ana = lobby.enter("Ana");
        claim(ana);
        bob.forget();
        ana.hear(new Command.Release(Optional.empty()));
        ana.awaitLines("released Ana");
        bob.awaitLine("renamed main Ana Ana");
        ana.visitor.gone();
        Guest other = lobby.connect(Guest.joining("Ana", "main"));
        other.awaitLines("welcome main Ana of 2 [Bob,Ana] recent [] @0");
    }

    @Test
    void whatIsNobodysIsGivenUpAllTheSame() {
        Guest ana = lobby.enter("Ana");
        ana.hear(new Command.Release(Optional.empty()));
        ana.awaitLines("released Ana");
    }

    @Test
    void whatCantBeKeptIsNotClaimed() {
        Guest ana = lobby.enter("Ana");
        lobby.engine.register().setFull(true);
        ana.hear(new Command.Claim(Optional.of("r1")));
        ana.awaitLines("refused unavailable r1");
        lobby.engine.register().setFull(false);
        claim(ana);
        lobby.engine.register().setFull(true);
        ana.hear(new Command.Release(Optional.of("r2")));
        ana.awaitLines("refused unavailable r2");
        lobby.connect(Guest.joining("ana", "den")).awaitLines("refused name-claimed", "ask");
    }

    @Test
    void whoStaysForMonthsKeepsIt() {
        Guest ana = lobby.enter("Ana");
        claim(ana);
        for (int month = 0; month < 8; month++) {
            lobby.clock.advance(Duration.ofDays(30));
            lobby.run(lobby.chat::inspect);
        }
        lobby.connect(Guest.joining("ana", "den")).awaitLines("refused name-claimed", "ask");
    }

    @Test
    void whatNobodyUsedIsAnybodysAgain() {
        claimedAndLeft("Ana");
        lobby.clock.advance(Duration.ofDays(180));
        lobby.connect(Guest.joining("Ana", "main")).awaitLines("welcome main Ana of 1 [Ana] recent [] @0");
    }

    @Test
    void aTokenAloneDoesNotOpenAClaimedName() {
        Guest ana = lobby.connect(Guest.joining("Ana", "main"));
        ana.awaitWelcome();
        String token = ana.token();
        Secret secret = claim(ana);
        lobby.connect(Guest.returning(token)).awaitLines("refused name-claimed", "ask");
        Guest back = lobby.connect(Guest.returning(token).showing(secret));
        back.awaitLines("welcome main Ana of 1 [Ana*] recent [] @0");
        assertEquals(token, back.token());
    }

    // At the prompt, where people give a name by itself.

    @Test
    void whoTypesAClaimedNameIsAskedForItsSecret() {
        Secret secret = claimedAndLeft("Ana");
        Guest bob = lobby.enter("Bob");
        Guest ana = lobby.connect();
        ana.line("Ana");
        ana.awaitLines("ask", "ask secret of Ana");
        ana.line(" " + secret.reveal() + " ");
        ana.awaitLine("welcome main Ana of 2 [Bob,Ana*] recent [] @0");
        ana.line("hello");
        bob.awaitLine("said @1 main Ana: hello");
        assertFalse(bob.text().contains(secret.reveal()));
    }

    @Test
    void aWrongSecretIsAskedForAgainAndNeverSaid() {
        Secret secret = claimedAndLeft("Ana");
        Guest bob = lobby.enter("Bob");
        Guest ana = lobby.connect();
        ana.line("ANA");
        ana.line("I thought this was a chat");
        ana.line("não é segredo");
        ana.awaitLines(
                "ask",
                "ask secret of ANA",
                "refused name-claimed",
                "ask secret of ANA",
                "refused malformed",
                "ask secret of ANA");
        ana.line(secret.reveal());
        ana.awaitLine("welcome main ANA of 2 [Bob,ANA*] recent [] @0");
        assertEquals(List.of("joined main ANA ws claimed"), bob.lines());
    }

    @Test
    void aCommandStaysACommandAtThePrompt() {
        claimedAndLeft("Ana");
        Guest ana = lobby.connect();
        ana.line("Ana");
        ana.hear(new Command.Who(Optional.empty()));
        ana.hear(new Command.Nick("Bia"));
        ana.awaitLines("ask", "ask secret of Ana", "who main 0 []", "welcome main Bia of 1 [Bia] recent [] @0");
    }

    @Test
    void anotherNameAtThePromptIsANameAgain() {
        claimedAndLeft("Ana");
        claimedAndLeft("Bia");
        Guest guest = lobby.connect();
        guest.line("Ana");
        guest.hear(new Command.Nick("Bia"));
        guest.awaitLines("ask", "ask secret of Ana", "ask secret of Bia");
        guest.hear(new Command.Prove("Bia", WRONG));
        guest.awaitLine("refused name-claimed");
        guest.line("Carla");
        guest.awaitLine("welcome main Carla of 1 [Carla] recent [] @0");
    }

    @Test
    void guessesAtThePromptAreBounded() {
        claimedAndLeft("Ana");
        Guest guest = lobby.connect();
        guest.line("Ana");
        for (int i = 0; i <= Guesses.MOST; i++) {
            guest.line("guess " + i);
        }
        guest.awaitLine("refused too-fast");
        assertEquals(
                Guesses.MOST,
                guest.lines().stream().filter("refused name-claimed"::equals).count());
    }

    @Test
    void whoIsAskedIsSentAwayAsWhoHasNoName() {
        claimedAndLeft("Ana");
        Guest guest = lobby.connect();
        guest.line("Ana");
        guest.awaitLines("ask", "ask secret of Ana");
        guest.visitor.gone();
        lobby.settle();
        assertEquals(Optional.of(CloseReason.GONE), guest.farewell());
    }

    @Test
    void aJoinThatIsNotTypedIsRefused() {
        claimedAndLeft("Ana");
        Guest program = lobby.connect();
        program.hear(Guest.joining("Ana", "main"));
        program.awaitLines("ask", "refused name-claimed", "ask");
        program.line("Bia");
        program.awaitLine("welcome main Bia of 1 [Bia] recent [] @0");
    }

    @Test
    void whatWasWrongOnceIsNotShownAgainBehindOnesBack() {
        claimedAndLeft("Ana");
        claimedAndLeft("Bia");
        Guest program = lobby.connect(joining("Ana", WRONG));
        for (int i = 0; i <= Guesses.MOST; i++) {
            program.hear(Guest.joining("Bia", "main"));
        }
        program.hear(Guest.joining("Carla", "main"));
        program.awaitLine("welcome main Carla of 1 [Carla] recent [] @0");
        assertFalse(program.text().contains("too-fast"), program.text());
    }

    private static Optional<Reason> refusal(CompletionStage<Message> answer) {
        try {
            answer.toCompletableFuture().join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(Chat.reasonOf(e));
        }
    }

    private static Peer vouched(String via, String name) {
        return new Peer(new Via(via), InetAddress.getLoopbackAddress(), Credentials.NONE, Optional.of(new Name(name)));
    }

    private Guest vouchedFor(String name) {
        Guest guest = lobby.connect(vouched("ws", name), Optional.of(Guest.joining(name, "main")));
        guest.awaitWelcome();
        return guest;
    }

    @Test
    void aNameForWhichAProxyVouchesIsNobodyElsesFromThenOn() {
        Guest bob = lobby.enter("Bob");
        vouchedFor("Ana");
        bob.awaitLine("joined main Ana ws claimed");
        lobby.connect(Guest.joining("ana", "den")).awaitLines("refused name-claimed", "ask");
        assertEquals(Optional.of(Reason.NAME_CLAIMED), refusal(post(Lobby.over("http"), "Ana")));
        assertEquals(Optional.empty(), refusal(post(vouched("http", "Ana"), "Ana")), "Ana is present, and posts");
    }

    @Test
    void whoeverIsCalledSoAlreadyKeepsTheNameUntilTheyLeave() {
        Guest squatter = lobby.enter("Ana", "den");
        assertEquals(Optional.of(Reason.NAME_TAKEN), refusal(post(vouched("http", "Ana"), "Ana")));
        squatter.visitor.gone();
        lobby.settle();
        assertEquals(Optional.empty(), refusal(post(vouched("http", "Ana"), "Ana")));
    }

    @Test
    void whomAProxyVouchesForGetsASecretForOtherWiresAndMayDoSoAgain() {
        Secret first = claim(vouchedFor("Ana"));
        Guest ana = lobby.connect(joining("Ana", first));
        ana.awaitWelcome();
        Secret second = claim(vouchedFor("Ana"));
        lobby.connect(Guest.joining("Ana", "den").showing(first)).awaitLines("refused name-claimed", "ask");
        lobby.connect(Guest.joining("Ana", "den").showing(second)).awaitWelcome();
    }

    @Test
    void aProxysWordIsAsGoodAsASecretThatSomebodyHasMadeBefore() {
        Secret before = claimedAndLeft("Ana");
        Secret now = claim(vouchedFor("Ana"));
        lobby.connect(Guest.joining("Ana", "den").showing(before)).awaitLines("refused name-claimed", "ask");
        lobby.connect(Guest.joining("Ana", "den").showing(now)).awaitWelcome();
    }

    @Test
    void aProxyMayVouchForAnyNumberOfNamesAndTheyOutliveARestart() {
        for (int i = 0; i <= ClaimBounds.IN_ALL; i++) {
            vouchedFor("Ana" + i);
        }
        lobby.settle();
        assertTrue(lobby.engine.register().read(Kind.CLAIM).values().stream().allMatch(fact -> fact.endsWith(" -")));
        try (Lobby again = new Lobby(new LocalNames(), new ScriptedEngine(lobby.engine.register()), Access.OPEN)) {
            again.connect(Guest.joining("Ana0", "main")).awaitLines("refused name-claimed", "ask");
            again.connect(vouched("ws", "Ana0"), Optional.of(Guest.joining("Ana0", "main")))
                    .awaitWelcome();
        }
    }
}
