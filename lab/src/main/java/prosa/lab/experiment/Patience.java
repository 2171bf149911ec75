package prosa.lab.experiment;

import java.time.Duration;

/**
 * How much is said in the experiments, and how long is waited for what may never happen.
 *
 * @param halfOpen after packets began to vanish, for either side to notice
 * @param stall for the server to give up a client that stopped reading
 * @param settle for messages that are on their way, and for what should happen at once
 * @param messages how many are said in mid-conversation, at least 20
 * @param stallMessages how many of 12 KB are said to a client that does not read: more than the kernels' buffers take, or the server
 *     has nothing to give it up for
 * @param burst how many lines are said at once
 */
public record Patience(Duration halfOpen, Duration stall, Duration settle, int messages, int stallMessages, int burst) {
    /** As the command has it. Linux lets some 4 MB wait for a socket to be taken, and the server waits 10 s, and 10 s more. */
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(60), Duration.ofSeconds(35), Duration.ofSeconds(5), 100, 700, 10_000);

    public Patience {
        if (messages < 20 || stallMessages < 1 || burst < 1) {
            throw new IllegalArgumentException(messages + " " + stallMessages + " " + burst);
        }
    }
}
