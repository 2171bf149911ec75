package prosa.planted.checker.judgement;

import java.net.Socket;
import prosa.planted.checker.CheckerFaults;

public final class JudgementFaults {
    public record OpensASocket(Socket socket) {}

    public record KnowsWhoAsks(CheckerFaults faults) {}
}
