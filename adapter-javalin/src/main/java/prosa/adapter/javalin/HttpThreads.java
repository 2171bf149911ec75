package prosa.adapter.javalin;

import org.eclipse.jetty.util.thread.QueuedThreadPool;
import prosa.delivery.Collapse;

/** Jetty's threads. What happens to them Jetty logs and goes on; if memory ran out, nobody may ({@link Collapse}). */
final class HttpThreads extends QueuedThreadPool {
    /** As the system gives it. */
    private static final long USUAL_STACK = 0;

    private final long stackBytes;

    HttpThreads(int most, int least) {
        this(most, least, USUAL_STACK);
    }

    /** @param stackBytes of each thread; more than there is, and none can be started */
    HttpThreads(int most, int least, long stackBytes) {
        super(most, least);
        this.stackBytes = stackBytes;
        setName("prosa-http");
        setDaemon(true);
    }

    @Override
    protected void runJob(Runnable job) {
        try {
            super.runJob(job);
        } catch (Throwable e) {
            Collapse.ifOutOfMemory(e);
            throw e;
        }
    }

    /** As Jetty makes it, but that it says when the system has no more threads: Jetty's selector would only log it. */
    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, getName(), stackBytes) {
            @Override
            public void start() {
                try {
                    super.start();
                } catch (OutOfMemoryError e) {
                    Collapse.ifOutOfMemory(e);
                    throw e;
                }
            }
        };
        thread.setName(getName() + "-" + thread.threadId());
        thread.setDaemon(isDaemon());
        thread.setPriority(getThreadsPriority());
        thread.setContextClassLoader(getClass().getClassLoader());
        return thread;
    }
}
