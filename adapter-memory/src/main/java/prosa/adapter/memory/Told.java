package prosa.adapter.memory;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import prosa.application.port.Kept;
import prosa.application.port.MessagePublisher;
import prosa.domain.Entry;
import prosa.domain.Message;

/** What the listener is to be told next, and then whoever published it. */
sealed interface Told {
    void addTo(List<Kept> news);

    void complete();

    /**
     * A message.
     *
     * @param news whether the listener has not heard of it: false for a key that was used before
     */
    record Said(Message message, long origin, boolean news, CompletableFuture<Message> stage) implements Told {
        @Override
        public void addTo(List<Kept> all) {
            if (news) {
                all.add(new Kept(message, origin));
            }
        }

        @Override
        public void complete() {
            stage.complete(message);
        }
    }

    /** That messages were taken away. */
    record Gone(List<Entry> entries, CompletableFuture<List<Entry>> stage) implements Told {
        @Override
        public void addTo(List<Kept> all) {
            entries.forEach(entry -> all.add(new Kept(entry, MessagePublisher.NO_CONNECTION)));
        }

        @Override
        public void complete() {
            stage.complete(entries);
        }
    }
}
